import { HEAP_GROWTH, SESSION_AGE, type SessionAge } from "@sockscope/catalog/runtime";
import type { Host } from "../host.ts";
import type { Recorder } from "../record/recorder.ts";
import type { PageClock } from "./page-clock.ts";

const MINUTE_MS = 60_000;

/** How long a page takes to come about, in ms: what it needs before that is not yet what it needs. */
export const SETTLING_MS: number = 5 * MINUTE_MS;

/** How long a session's first minutes are, in ms: the least of them that it has settled in is what a page needs at the least. */
export const FIRST_MINUTES_MS: number = 10 * MINUTE_MS;

/** How long its last minutes are before an age, in ms: long enough for a garbage collection. */
export const LAST_MINUTES_MS: number = 5 * MINUTE_MS;

/** An age in ms. */
function ageMs(age: SessionAge): number {
  return Number.parseInt(age, 10) * 60 * MINUTE_MS;
}

/**
 * Observes once at each age of the session by how much the heap has grown: the least of the last minutes against the least
 * of the first. Where the browser does not tell, nothing is observed.
 *
 * @returns looks at the heap; call it several times a minute
 */
export function createHeapGrowth(recorder: Recorder, clock: PageClock, host: Host): () => void {
  const startedAt = clock.now();
  const ages = [...SESSION_AGE];
  let least = Infinity;
  let leastOfLast = Infinity;

  return () => {
    const bytes = host.heapBytes();
    const [session_age] = ages;
    if (!bytes || !session_age) return;
    const sinceStart = clock.now() - startedAt;
    const untilDue = ageMs(session_age) - sinceStart;
    if (sinceStart >= SETTLING_MS && sinceStart < FIRST_MINUTES_MS) least = Math.min(least, bytes);
    if (untilDue < LAST_MINUTES_MS) leastOfLast = Math.min(leastOfLast, bytes);
    if (untilDue > 0) return;
    if (least < Infinity) recorder.observe(HEAP_GROWTH, Math.max(0, leastOfLast - least), { session_age });
    leastOfLast = Infinity;
    ages.shift();
  };
}
