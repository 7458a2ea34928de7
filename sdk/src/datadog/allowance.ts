/**
 * Lets so many through a minute, evenly: what was not used is there for a burst, up to a minute's worth.
 *
 * @param perMinute also how many may pass at once
 * @param wallClock in ms; where it jumps back, no time has passed
 */
export function createAllowance(perMinute: number, wallClock: () => number): () => boolean {
  let left = perMinute;
  let at = wallClock();
  return () => {
    const now = wallClock();
    left = Math.min(perMinute, left + (Math.max(0, now - at) / 60_000) * perMinute);
    at = now;
    // What is no number allows nothing.
    if (!(left >= 1)) return false;
    left--;
    return true;
  };
}
