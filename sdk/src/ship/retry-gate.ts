import type { Host } from "../host.ts";
import { retryDelayMs } from "./retry-delay.ts";

/**
 * Decides when the collector may be asked again. Whoever wants to send asks here; only a page that is hidden or leaves does not,
 * since it may be its last word.
 *
 * Whoever answered is held to have meant it: until its time has come, nothing is sent. Silence only delays the next try: the
 * network may be back at any moment, and a page that learns of that tries at once.
 */
export interface RetryGate {
  /** Whether nothing may be sent now. */
  isShut(): boolean;
  /** How long to wait before trying again by oneself, in ms; 0 after a success. */
  delayMs(): number;
  /**
   * There was no answer, or one that is no reason to go on.
   *
   * @param before how many failures there were in a row when it was asked: requests side by side tell the same
   * @param retryAfterMs what the answer asked for; 0 for nothing
   * @returns how many times in a row
   */
  failed(before: number, wasAnswered: boolean, retryAfterMs: number): number;
  /** How many times in a row there was no answer, or none that is a reason to go on. */
  failures(): number;
  succeeded(): void;
}

/** An open gate. */
export function createRetryGate(host: Host): RetryGate {
  /** In a row. */
  let failures = 0;
  let dueAt = 0;
  let isHeld = false;

  const delayMs = (): number => (failures > 0 ? Math.max(0, dueAt - host.now()) : 0);

  return {
    isShut: () => isHeld && delayMs() > 0,
    delayMs,
    failures: () => failures,
    failed: (before, wasAnswered, retryAfterMs) => {
      failures = before + 1;
      isHeld = wasAnswered;
      dueAt = host.now() + retryDelayMs(failures, retryAfterMs, random(host));
      return failures;
    },
    succeeded: () => {
      failures = 0;
    },
  };
}

/** From 0 to below 1. */
export function random(host: Host): number {
  return (host.randomBytes(1)[0] as number) / 256;
}
