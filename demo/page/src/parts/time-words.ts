const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long something lasts, as exactly as somebody wants to know who glances at it. */
export function lastingWords(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.max(0, Math.floor(ms / SECOND_MS))} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  const hours = Math.floor(ms / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
}

/** Seconds until a moment, of which the last one counts until it is over; 0 when it has come. */
export function secondsUntil(atMs: number, now: number): number {
  return Math.max(0, Math.ceil((atMs - now) / SECOND_MS));
}

/** How long something lasted, in seconds that were measured: exactly where it was short. */
export function measuredWords(seconds: number): string {
  return seconds < 10 ? `${seconds.toFixed(1)} s` : lastingWords(seconds * SECOND_MS);
}

/** A time of the day. */
export function clockWords(atMs: number): string {
  return new Date(atMs).toLocaleTimeString("en-GB");
}
