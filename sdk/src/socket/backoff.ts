/** By which share a delay is shorter or longer, at most. */
export const JITTER = 0.2;

/** The longest time that a server's advice may ask for, in ms. */
export const MAX_ADVICE_MS = 300_000;

/** How long the first delay before an attempt is, and the longest, in ms and before jitter. */
export interface Backoff {
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
}

/**
 * How long to wait before an attempt, in ms. It doubles from delay to delay up to the cap, and jitter comes after the cap: so
 * clients that wait longest are spread, too.
 *
 * @param delays how many delays there were in a row before this one
 * @param leastMs what an overloaded server is given at the least, before jitter
 * @param random from 0 to below 1
 */
export function backoffMs(
  { baseDelayMs, maxDelayMs }: Backoff,
  delays: number,
  leastMs: number,
  random: number,
): number {
  const capped = Math.max(leastMs, Math.min(maxDelayMs, baseDelayMs * 2 ** delays));
  return capped * (1 + JITTER * (2 * random - 1));
}

/**
 * How long to wait when the server advised it, in ms: never less than it asked for, since it may not be there before. Whoever
 * uses it sees to it that it is not less than the backoff either: a server that always says "now" would be stormed.
 *
 * @param random from 0 to below 1
 */
export function advisedMs(advice: number, random: number): number {
  return Math.min(MAX_ADVICE_MS, advice) * (1 + JITTER * random);
}

/** The advice in a close reason, in whole ms: `retry_after_ms` as JSON or as `retry_after_ms=5000`; undefined where there is none. */
export function adviceIn(reason: string): number | undefined {
  const [, digits] = /\bretry_after_ms"?\s*[:=]\s*(\d{1,12})(?![\d.eE])/.exec(reason) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
