import type { ClosePolicy, ConnectTrigger } from "@sockscope/catalog/runtime";
import type { LifecycleEvent } from "../host.ts";
import type { Backoff } from "./backoff.ts";
import { FIRST_ATTEMPT, type SocketState } from "./socket-state.ts";

/** By what a chat socket goes; durations in ms. */
export interface Rules extends Backoff {
  readonly maxAttempts: number;
  readonly attemptTimeoutMs: number;
  readonly stableUptimeMs: number;
  /** Infinity where no pings are sent. */
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  readonly awaitsRehydration: boolean;
  readonly refreshesOnce: boolean;
  readonly policyOf: (code: number) => ClosePolicy;
}

/** When something happens, and under what conditions. */
export interface Moment {
  /** In ms, of a clock that never goes back and goes on in sleep. */
  readonly now: number;
  /** In ms since the epoch. */
  readonly wallClock: number;
  /** From 0 to below 1. */
  readonly random: number;
  readonly isOnline: boolean;
}

/** What happens to a chat socket. */
export type SocketEvent =
  | { readonly type: "connect" | "close" | "token" | "opened" | "ready" | "no token" | "no ping" | "due" }
  | { readonly type: "frame"; readonly adviceMs: number | undefined }
  | { readonly type: "ended"; readonly code: number; readonly reason: string }
  | { readonly type: LifecycleEvent };

/**
 * Everything that decides what a chat socket does next. What runs in the world follows from it: the attempt or the connection of
 * its turn, a timer, and as many pings as it counts.
 */
export interface Machine {
  readonly state: SocketState;
  /** Counts attempts and what comes between them. What another turn tells does not count. */
  readonly turn: number;
  readonly trigger: ConnectTrigger;
  /** Whether the attempt wants a new token. */
  readonly isForced: boolean;
  /** Attempts in a row since a connection held. */
  readonly attempts: number;
  /** Backoffs in a row since a connection held. */
  readonly delays: number;
  /** Attempts in a row that were refused before they opened, or looked like it. */
  readonly neverOpened: number;
  /** A new token came, and the attempts went on failing, or it is used in this one. */
  readonly hasForced: boolean;
  /** When the one retry after a refusal was made; -Infinity before any. */
  readonly retriedAt: number;
  /** With what the server refused, of an attempt that is such a retry. */
  readonly refusedWith: number;
  /** Whether what the last turn had was found to be gone, and nobody had said so. */
  readonly wasLost: boolean;
  /** Whether the attempt was made without a network. */
  readonly isProbe: boolean;
  /** A connection opened though the browser knows no network: it is wrong, as behind some VPNs, until it says something else. */
  readonly isDenied: boolean;
  readonly openedAt: number;
  /** -Infinity before the first frame of a connection. */
  readonly lastFrameAt: number;
  /** Whether the connection takes what waits for it. */
  readonly isReady: boolean;
  readonly pings: number;
  readonly pingAt: number;
  /** When a connection that is silent since its ping is dead. */
  readonly deadAt: number;
  /** When something is to happen by itself. */
  readonly dueAt: number;
  readonly advice: { readonly ms: number; readonly until: number } | undefined;
}

/** Before the first attempt. */
export const INITIAL: Machine = {
  state: FIRST_ATTEMPT,
  turn: 0,
  trigger: "initial",
  isForced: false,
  attempts: 0,
  delays: 0,
  neverOpened: 0,
  hasForced: false,
  retriedAt: -Infinity,
  refusedWith: 0,
  wasLost: false,
  isProbe: false,
  isDenied: false,
  openedAt: 0,
  lastFrameAt: -Infinity,
  isReady: false,
  pings: 0,
  pingAt: Infinity,
  deadAt: Infinity,
  dueAt: Infinity,
  advice: undefined,
};

/** Whether a client goes on by itself. */
export function isActive({ state: { status } }: Machine): boolean {
  return status === "connecting" || status === "open" || status === "waiting" || status === "offline";
}
