import type { Period } from "@sockscope/catalog";
import { avgOverTime, type Expression, type RecordedSelection } from "@sockscope/promql";

/**
 * The mean of a recorded share of the day before: what the share itself is held against, where it meets two populations.
 *
 * @param beforeNow how long the day ends before now, so that what is judged is not in its own measure
 */
export function meanOfDayBefore<L extends string>(
  share: RecordedSelection<L>,
  beforeNow: Period,
): Expression<L> {
  return avgOverTime(share, "1d", { offset: beforeNow });
}
