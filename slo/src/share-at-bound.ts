import type { Histogram, LabelSet, StampedLabel } from "@sockscope/catalog";
import {
  atBound,
  countOf,
  divide,
  type Expression,
  increase,
  type LabelNames,
  type Matchers,
  type Range,
  sumBy,
} from "@sockscope/promql";

/** The share of a histogram's observations at or below a bound, which is read and never interpolated. */
export function shareAtBound<L extends LabelSet, S extends StampedLabel, K extends LabelNames<L, S>>(
  by: readonly K[],
  histogram: Histogram<L, S>,
  bound: number,
  where: Matchers<L, NoInfer<S>>,
  range: Range,
): Expression<K> {
  return divide(
    sumBy(by, increase(atBound(histogram, bound), where, range)),
    sumBy(by, increase(countOf(histogram), where, range)),
  );
}
