import { CLOSE_CODE_LABELS, CLOSE_POLICIES } from "@sockscope/catalog";
import { describe, expect, it, vi } from "vitest";
import { chatPage } from "../testing/chat-page.test-support.ts";
import { settled } from "../testing/fake-host.test-support.ts";

/** Every code that is decided by itself, and one of each range. */
const CODES = CLOSE_CODE_LABELS.map(
  (label) =>
    [label, Number(label) || { "3xxx": 3999, "4xxx": 4999, unassigned: 1016 }[label as "3xxx"]] as const,
);

describe("close codes", () => {
  it.each(CODES)("after %s does what the table says", async (label, code) => {
    const { chat, connected } = chatPage();
    (await connected()).end(code);
    const { action, userSees } = CLOSE_POLICIES[label];
    const stopped = userSees === "nothing" ? "closed" : "rejected";
    expect(chat.state.status).toBe(action === "retry" ? "waiting" : stopped);
  });

  it("tells the user of failed authentication, and of an error, in words", async () => {
    const states = await Promise.all(
      [4401, 1008].map(async (code) => {
        const { chat, connected } = chatPage();
        (await connected()).end(code);
        return chat.state;
      }),
    );
    expect(states).toEqual([
      { status: "rejected", code: 4401, message: "Authentication failed. Please refresh the page." },
      { status: "rejected", code: 1008, message: "The server ended the connection (code 1008)." },
    ]);
  });

  it("does what a configured code of the application's own says", async () => {
    const { chat, connected } = chatPage({ closeCodes: { 4001: "error" } });
    (await connected()).end(4001);
    expect(chat.state).toMatchObject({ status: "rejected", code: 4001 });
  });

  it("gives an overloaded server a longer first delay", async () => {
    const { chat, connected, host } = chatPage();
    (await connected()).end(1013);
    expect(chat.state).toEqual({ status: "waiting", attempt: 2, retryAt: host.wall + 4_000 });
  });
});

describe("authentication that failed", () => {
  it("is told at once, unless the application wants one more attempt with a new token", async () => {
    const forced: boolean[] = [];
    const { chat, connected, last } = chatPage({
      refreshOnce: true,
      refreshAccessToken: ({ isForced }) => void forced.push(isForced),
    });
    (await connected()).end(4401);
    expect(chat.state).toEqual({ status: "connecting", attempt: 2 });
    await settled();
    last().open();
    last().end(4401);
    expect(chat.state.status).toBe("rejected");
    expect(forced).toEqual([false, true]);
  });

  it("gets no other one within a minute, so that a loop is told", async () => {
    const { chat, connected, last, host, sockets } = chatPage({ refreshOnce: true });
    (await connected()).end(4401);
    await settled();
    last().rehydrates();
    await host.pass(5_100);
    last().end(4401);
    expect(chat.state.status).toBe("rejected");
    expect(sockets).toHaveLength(2);
  });

  it("gets another such attempt within a minute when the user asked for a connection between", async () => {
    const { chat, connected, last } = chatPage({ refreshOnce: true });
    (await connected()).end(4401);
    await settled();
    last().end(4401);
    chat.reconnect();
    (await connected()).end(4401);
    expect(chat.state.status).toBe("connecting");
  });

  it("is told when the new token is refused, too", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const { chat, connected } = chatPage({
      refreshOnce: true,
      refreshAccessToken: async ({ isForced }) => (isForced ? Promise.reject(new Error("401")) : undefined),
    });
    (await connected()).end(4401);
    await settled();
    expect(chat.state).toMatchObject({ status: "rejected", code: 4401 });
    error.mockRestore();
  });

  it("gets another such attempt after the connection held", async () => {
    const { chat, connected, last, host } = chatPage({ refreshOnce: true });
    (await connected()).end(4401);
    await settled();
    last().rehydrates();
    for (let second = 0; second < 60; second++) {
      await host.pass(1_000);
      last().receive("alive");
    }
    last().end(4401);
    expect(chat.state.status).toBe("connecting");
  });

  it("gets it with an own code whose consequence is the same", async () => {
    const { chat, connected } = chatPage({
      refreshOnce: true,
      closeCodes: { 4010: "authentication failed" },
    });
    (await connected()).end(4010);
    expect(chat.state.status).toBe("connecting");
  });

  it("wants a new token when the user tries again", async () => {
    const forced: boolean[] = [];
    const { chat, connected } = chatPage({
      refreshAccessToken: ({ isForced }) => void forced.push(isForced),
    });
    (await connected()).end(4401);
    chat.reconnect();
    await settled();
    expect(forced).toEqual([false, true]);
  });
});
