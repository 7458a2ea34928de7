import type { Arrival } from "./recording-collector.ts";

/** How much a page sends in a minute. */
export interface Minute {
  readonly bodyBytes: number;
  readonly bytes: number;
}

/**
 * What a page sends in a minute, from what it sent between two of its batches. The first one, which has what happened before, is
 * only where it begins; so neither when a batch comes nor when anybody stopped to look makes a difference.
 *
 * @param leastMs how long it has to have sent at the least
 * @returns undefined while that is not over
 */
export function minuteOf(arrivals: readonly Arrival[], leastMs: number): Minute | undefined {
  const [first, ...others] = arrivals;
  const durationMs = (others.at(-1)?.at ?? 0) - (first?.at ?? 0);
  if (others.length === 0 || durationMs < leastMs) return undefined;
  const aMinute = (bytes: number): number => (bytes * 60_000) / durationMs;
  return {
    bodyBytes: aMinute(others.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0)),
    bytes: aMinute(others.reduce((sum, { bytes }) => sum + bytes, 0)),
  };
}
