import type { TokenHost } from "./token-host.ts";

/** How long a refresh that nobody asked for waits after the first one in vain, in ms; it doubles from there. */
export const BASE_BACKOFF_MS = 30_000;

/** The longest such wait, in ms, before its jitter of a fifth, whatever a `Retry-After` says. */
export const MAX_BACKOFF_MS = 600_000;

/** Holds back refreshes that nobody asked for while they are in vain. */
export interface AheadBackoff {
  /**
   * One more in a row was in vain.
   *
   * @param random from 0 to below 1
   * @param advisedMs how long the endpoint asked to wait; 0 for not at all
   */
  failed(random: number, advisedMs: number): void;
  succeeded(): void;
  /** How much is left to wait, in ms; none when not above 0. */
  leftMs(): number;
}

/** Holds nothing back yet. */
export function createAheadBackoff(host: Pick<TokenHost, "now">): AheadBackoff {
  let failures = 0;
  let until = 0;
  return {
    failed: (random, advisedMs) => {
      const delayMs = Math.max(advisedMs, BASE_BACKOFF_MS * 2 ** failures++);
      // Jitter only adds, so that it neither vanishes at the cap nor undercuts what was asked for.
      until = host.now() + Math.min(MAX_BACKOFF_MS, delayMs) * (1 + random / 5);
    },
    succeeded: () => {
      failures = 0;
      until = 0;
    },
    leftMs: () => until - host.now(),
  };
}
