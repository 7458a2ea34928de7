import type { SocketState } from "@sockscope/sdk/socket";
import { nameOf, policyOf } from "../close-codes.ts";
import { lastingWords, secondsUntil } from "../parts/time-words.ts";

/** How good a state is. */
export type ConnectionTone = "good" | "waiting" | "bad" | "neutral";

/** What a user is told about a connection. */
export interface ConnectionWords {
  /** As it is seen. It may say something else every second. */
  readonly text: string;
  /** The same without what changes every second: for whoever is told of it rather than looks at it. */
  readonly news: string;
  readonly tone: ConnectionTone;
  /** What the button does that there is; undefined where none is needed. */
  readonly action?: string;
}

type Connecting = SocketState & { readonly status: "connecting" };
type Waiting = SocketState & { readonly status: "waiting" };

/** This page's own code for a user who signed in on another device. */
const SIGNED_IN_ELSEWHERE = 4001;

/** For so long it says nothing of a connection how old it is, in ms. */
const JUST_NOW_MS = 5_000;

/**
 * Says what a connection is.
 *
 * @param now in ms since the epoch
 * @param maxAttempts after how many attempts the socket gives up
 */
export function connectionWords(socket: SocketState, now: number, maxAttempts: number): ConnectionWords {
  switch (socket.status) {
    case "connecting":
      return same(connectingWords(socket, maxAttempts), "waiting");
    case "open":
      return openWords(now - socket.since);
    case "waiting":
      return waitingWords(socket, secondsUntil(socket.retryAt, now), maxAttempts);
    case "offline":
      return same(
        socket.reason === "network"
          ? "Offline: waiting for the network"
          : "Paused while nobody looked at the page",
        "waiting",
        "Try now",
      );
    case "gave_up":
      return same(`Gave up after ${socket.attempts} attempts`, "bad", "Try again");
    case "rejected":
      return rejectedWords(socket.code, socket.message);
    case "closed":
      return same("Disconnected: the chat was ended", "neutral", "Connect again");
  }
}

function openWords(openMs: number): ConnectionWords {
  const news = "Connected";
  const text = openMs < JUST_NOW_MS ? news : `${news} for ${lastingWords(openMs)}`;
  return { text, news, tone: "good" };
}

function attemptWords(attempt: number, maxAttempts: number): string {
  return `Reconnecting: attempt ${attempt} of ${maxAttempts}`;
}

function connectingWords({ attempt, isAdvised }: Connecting, maxAttempts: number): string {
  if (isAdvised) return "Reconnecting, as the server asked";
  return attempt === 1 ? "Connecting" : attemptWords(attempt, maxAttempts);
}

/** An attempt that the server asked for does not count, so its number would stand still. */
function waitingWords(socket: Waiting, seconds: number, maxAttempts: number): ConnectionWords {
  const news = socket.isAdvised ? "The server asked to wait" : attemptWords(socket.attempt, maxAttempts);
  const before = socket.isAdvised ? `${news}: again` : news;
  const text = seconds === 0 ? `${before} now` : `${before} in ${seconds} s`;
  return { text, news, tone: "waiting", action: "Try now" };
}

function rejectedWords(code: number, message: string): ConnectionWords {
  if (policyOf(code).userSees === "authentication failed")
    return same(message, "bad", "Sign in again and reconnect");
  if (code === SIGNED_IN_ELSEWHERE)
    return same(
      "You signed in on another device, and the chat moved there",
      "bad",
      "Move the chat back here",
    );
  return same(`The server ended the chat: ${nameOf(code)} (${code})`, "bad", "Connect again");
}

function same(text: string, tone: ConnectionTone, action?: string): ConnectionWords {
  return { text, news: text, tone, ...(action !== undefined && { action }) };
}

/** What the browser's tab says: enough to know which of many tabs is in trouble. */
export function titleWords({ news }: ConnectionWords): string {
  return `${news.replace(/\.$/, "")} · Sockscope demo chat`;
}
