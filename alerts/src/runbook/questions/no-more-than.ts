import { HALF_AN_EVENT } from "@sockscope/slo";
import type { Healthy } from "../question.ts";

/** So many events are healthy, and one more is not: `increase()` extrapolates, and says 5.04 of five. */
export function noMoreThan(events: number): Healthy {
  return { most: events + HALF_AN_EVENT };
}
