/** The first delay, in ms; each further failure doubles it. */
export const MIN_RETRY_DELAY_MS = 2_000;

/** The longest delay before jitter, in ms, whatever a `Retry-After` says. */
export const MAX_RETRY_DELAY_MS = 300_000;

/**
 * How long to wait before the same batch is sent again, in ms. Jitter comes last and only adds, so that it neither
 * vanishes at the cap nor undercuts what the collector asked for.
 *
 * @param failures how many times in a row it failed, from 1
 * @param retryAfterMs what the collector asked for; 0 for nothing
 * @param random from 0 to below 1
 */
export function retryDelayMs(failures: number, retryAfterMs: number, random: number): number {
  const backoffMs = MIN_RETRY_DELAY_MS * 2 ** (failures - 1);
  return Math.min(MAX_RETRY_DELAY_MS, Math.max(backoffMs, retryAfterMs)) * (1 + random / 2);
}
