import type { TokenHost } from "./token-host.ts";
import { MAX_TIMER_MS } from "./token-options.ts";

/** At least so long lies before a refresh that nobody asked for, and up to twice as long, in ms: many pages wake together. */
export const MIN_AHEAD_MS = 10_000;

/** Refreshes before it is needed. */
export interface Ahead {
  /** What is known has changed: waits for the new moment instead. */
  arm(): void;
  stop(): void;
}

/**
 * Refreshes by itself while the page is seen and has a network; never else, and what was missed then soon after.
 *
 * @param leftMs for how long there is no need to, in ms; NaN where that is not known, and then there is no refresh
 * @param refresh may reject: then it is tried again
 */
export function refreshAhead(
  host: TokenHost,
  leftMs: (random: number) => number,
  refresh: () => Promise<unknown>,
): Ahead {
  let timer: unknown;
  let isStopped = false;
  const isWanted = (): boolean => !isStopped && host.isVisible() && host.isOnline();

  function arm(): void {
    host.clearTimeout(timer);
    const random = (host.randomBytes(1)[0] ?? 0) / 256;
    const delayMs = Math.max(MIN_AHEAD_MS * (1 + random), leftMs(random));
    if (!(delayMs > 0 && isWanted())) return;
    const isDue = delayMs <= MAX_TIMER_MS;
    timer = host.setTimeout(() => (isDue ? fire() : arm()), Math.min(delayMs, MAX_TIMER_MS));
  }

  function fire(): void {
    if (isWanted()) refresh().then(arm, arm);
  }

  const unsubscribe = host.subscribe(arm);
  return {
    arm,
    stop: () => {
      isStopped = true;
      unsubscribe();
      host.clearTimeout(timer);
    },
  };
}
