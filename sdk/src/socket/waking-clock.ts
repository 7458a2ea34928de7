import type { Host } from "../host.ts";
import { CLOCK_TOLERANCE_MS } from "../page/page-clock.ts";

/**
 * A clock that goes on while the machine sleeps, in ms: where a browser's monotonic clock stands still meanwhile, the wall clock
 * tells. A deadline that passed in sleep has passed.
 */
export function createWakingClock(host: Pick<Host, "now" | "wallClock">): () => number {
  let now = host.now();
  let wall = host.wallClock();
  let sleptMs = 0;
  return () => {
    const passedMs = host.now() - now;
    const aheadMs = host.wallClock() - wall - passedMs;
    now += passedMs;
    wall += passedMs + aheadMs;
    if (aheadMs > CLOCK_TOLERANCE_MS) sleptMs += aheadMs;
    return now + sleptMs;
  };
}
