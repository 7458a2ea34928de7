import type { Histogram, LabelSet, StampedLabel } from "@sockscope/catalog";
import { compare, histogramQuantile, type Matchers, type Range } from "@sockscope/promql";
import type { Query } from "./panels/panel.ts";

/** The usual, the slow and the slowest. */
const QUANTILES: readonly number[] = [0.5, 0.95, 0.99];

/** What a histogram's usual, slow and slowest observations were; nothing where nothing was observed, which else is NaN. */
export function quantiles<L extends LabelSet, S extends StampedLabel>(
  histogram: Histogram<L, S>,
  where: Matchers<L, NoInfer<S>>,
  range: Range,
): Query[] {
  return QUANTILES.map((quantile) => ({
    refId: `p${quantile * 100}`,
    expression: compare(histogramQuantile<L, S>(quantile, histogram, where, range), ">=", 0),
    legend: `p${quantile * 100}`,
  }));
}
