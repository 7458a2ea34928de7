import { LONGEST_TIMER_MS } from "../host.ts";
import { createAheadBackoff } from "./ahead-backoff.ts";
import { isTokenError } from "./token-error.ts";
import type { TokenHost } from "./token-host.ts";

/** At least so long lies before a refresh that nobody asked for, and up to twice as long, in ms: many pages wake together. */
export const MIN_AHEAD_MS = 10_000;

/** Refreshes before it is needed. */
export interface Ahead {
  /** Something was refreshed, here or in another tab: waits for the new moment instead. */
  learned(): void;
  stop(): void;
}

/**
 * Refreshes by itself while the page is seen and has a network; never else, and what was missed then soon after. What fails, or
 * gets what is over before it could be refreshed again, is tried slower and slower.
 *
 * @param leftMs for how long there is no need to, in ms; NaN where that is not known, and then there is no refresh
 * @param refresh calls `learned` when it succeeds
 */
export function refreshAhead(
  host: TokenHost,
  leftMs: (random: number) => number,
  refresh: () => Promise<unknown>,
): Ahead {
  const backoff = createAheadBackoff(host);
  let timer: unknown;
  let isStopped = false;
  const isWanted = (): boolean => !isStopped && host.isVisible() && host.isOnline();
  const random = (): number => (host.randomBytes(1)[0] ?? 0) / 256;

  function arm(): void {
    host.clearTimeout(timer);
    const share = random();
    const delayMs = Math.max(MIN_AHEAD_MS * (1 + share), backoff.leftMs(), leftMs(share));
    if (!(delayMs > 0 && isWanted())) return;
    const isDue = delayMs <= LONGEST_TIMER_MS;
    timer = host.setTimeout(() => (isDue ? fire() : arm()), Math.min(delayMs, LONGEST_TIMER_MS));
  }

  function fire(): void {
    if (isWanted()) refresh().then(arm, failed);
  }

  function failed(error: unknown): void {
    backoff.failed(random(), (isTokenError(error) && error.retryAfterMs) || 0);
    arm();
  }

  function learned(): void {
    if (leftMs(0) < MIN_AHEAD_MS) backoff.failed(random(), 0);
    else backoff.succeeded();
    arm();
  }

  const unsubscribe = host.subscribe(arm);
  return {
    learned,
    stop: () => {
      isStopped = true;
      unsubscribe();
      host.clearTimeout(timer);
    },
  };
}
