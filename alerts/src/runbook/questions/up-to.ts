import type { Healthy } from "../question.ts";

/** So many events are healthy: half a one above, since `increase()` makes somewhat more of those that it sees. */
export function upTo(events: number): Healthy {
  return { most: events + 0.5 };
}
