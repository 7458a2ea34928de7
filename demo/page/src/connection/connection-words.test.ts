import { AUTHENTICATION_FAILED, type SocketState } from "@sockscope/sdk/socket";
import { describe, expect, it } from "vitest";
import { connectionWords, titleWords } from "./connection-words.ts";

const NOW = 1_700_000_000_000;
const words = (socket: SocketState, now = NOW) => connectionWords(socket, now, 10);

describe("what the user is told of a connection", () => {
  it.each([
    [{ status: "connecting", attempt: 1 }, "Connecting", undefined],
    [{ status: "connecting", attempt: 4 }, "Reconnecting: attempt 4 of 10", undefined],
    [{ status: "open", since: NOW - 900 }, "Connected", undefined],
    [{ status: "open", since: NOW - 250_000 }, "Connected for 4 min", undefined],
    [
      { status: "waiting", attempt: 3, retryAt: NOW + 3_100 },
      "Reconnecting: attempt 3 of 10 in 4 s",
      "Try now",
    ],
    [{ status: "waiting", attempt: 3, retryAt: NOW }, "Reconnecting: attempt 3 of 10 now", "Try now"],
    [
      { status: "waiting", attempt: 2, retryAt: NOW + 5_100, isAdvised: true },
      "The server asked to wait: again in 6 s",
      "Try now",
    ],
    [
      { status: "waiting", attempt: 2, retryAt: NOW, isAdvised: true },
      "The server asked to wait: again now",
      "Try now",
    ],
    [{ status: "connecting", attempt: 2, isAdvised: true }, "Reconnecting, as the server asked", undefined],
    [{ status: "offline", reason: "network" }, "Offline: waiting for the network", "Try now"],
    [{ status: "offline", reason: "frozen" }, "Paused while nobody looked at the page", "Try now"],
    [{ status: "gave_up", attempts: 10 }, "Gave up after 10 attempts", "Try again"],
    [
      { status: "rejected", code: 4401, message: AUTHENTICATION_FAILED },
      "Authentication failed. Please refresh the page.",
      "Sign in again and reconnect",
    ],
    [
      { status: "rejected", code: 4001, message: "" },
      "You signed in on another device, and the chat moved there",
      "Move the chat back here",
    ],
    [
      { status: "rejected", code: 1008, message: "" },
      "The server ended the chat: policy violation (1008)",
      "Connect again",
    ],
    [{ status: "closed" }, "Disconnected: the chat was ended", "Connect again"],
  ] as const)("of %o is %s, with the button %s", (socket, text, action) => {
    expect(words(socket)).toMatchObject({ text, ...(action && { action }) });
    expect(words(socket).action).toBe(action);
  });

  it.each([
    { status: "waiting", attempt: 3, retryAt: NOW + 9_000 },
    { status: "open", since: NOW - 250_000 },
  ] as const)("is read out once and not every second, of %o", (socket) => {
    const news = [0, 1_000, 61_000].map((laterMs) => words(socket, NOW + laterMs).news);
    expect(new Set(news).size).toBe(1);
    expect(news[0]).not.toMatch(/\d (s|min)/);
  });
});

describe("the tab's title", () => {
  it.each([
    [{ status: "open", since: NOW }, "Connected · Sockscope demo chat"],
    [
      { status: "waiting", attempt: 2, retryAt: NOW + 900 },
      "Reconnecting: attempt 2 of 10 · Sockscope demo chat",
    ],
    [
      { status: "rejected", code: 4401, message: AUTHENTICATION_FAILED },
      "Authentication failed. Please refresh the page · Sockscope demo chat",
    ],
  ] as const)("of %o is %s", (socket, title) => {
    expect(titleWords(words(socket))).toBe(title);
  });
});
