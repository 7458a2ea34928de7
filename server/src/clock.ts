/** A monotonic clock. */
export interface Clock {
  /** Milliseconds; only differences of its readings mean anything. */
  now(): number;
}

/**
 * The process's monotonic clock, from the time of day at which it started: setting the machine's time does not stretch a
 * connection, and what another process accepted a moment ago was a moment ago.
 */
export const MONOTONIC_CLOCK: Clock = { now: () => performance.timeOrigin + performance.now() };
