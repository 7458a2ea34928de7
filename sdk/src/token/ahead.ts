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
  const isWanted = (): boolean => host.isVisible() && host.isOnline();

  function arm(): void {
    host.clearTimeout(timer);
    const random = (host.randomBytes(1)[0] ?? 0) / 256;
    const delayMs = Math.max(MIN_AHEAD_MS * (1 + random), leftMs(random));
    if (!(delayMs > 0 && isWanted())) return;
    const isDue = delayMs <= MAX_TIMER_MS;
    timer = host.setTimeout(() => (isDue ? fire() : arm()), Math.min(delayMs, MAX_TIMER_MS));
  }

  function fire(): void {
    if (isWanted()) refresh().then(rearm, rearm);
  }

  let rearm = arm;
  const unsubscribe = host.subscribe(() => rearm());
  return {
    arm: () => rearm(),
    stop: () => {
      unsubscribe();
      host.clearTimeout(timer);
      rearm = () => {};
    },
  };
}
