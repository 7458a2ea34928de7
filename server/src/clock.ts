/** A monotonic clock; only differences of its readings mean anything. */
export interface Clock {
  /** Milliseconds since an arbitrary origin. */
  now(): number;
}

/** The process's monotonic clock: setting the machine's time does not stretch a connection. */
export const MONOTONIC_CLOCK: Clock = { now: () => performance.now() };
