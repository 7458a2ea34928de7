import type { Histogram, LabelSet, StampedLabel } from "@sockscope/catalog";
import {
  compare,
  type Expression,
  histogramQuantile,
  type Matchers,
  quantileOfRates,
  type Range,
} from "@sockscope/promql";
import { type RecordingRule, recorded } from "@sockscope/slo";
import type { Query } from "./panels/panel.ts";
import { ofChosenApps } from "./windows.ts";

/** The usual, the slow and the slowest. */
const QUANTILES: readonly number[] = [0.5, 0.95, 0.99];

function queriesOf(quantileOf: (quantile: number) => Expression): Query[] {
  return QUANTILES.map((quantile) => ({
    refId: `p${quantile * 100}`,
    expression: compare(quantileOf(quantile), ">=", 0),
    legend: `p${quantile * 100}`,
  }));
}

/** What a histogram's usual, slow and slowest observations were; nothing where nothing was observed, which else is NaN. */
export function quantiles<L extends LabelSet, S extends StampedLabel>(
  histogram: Histogram<L, S>,
  where: Matchers<L, NoInfer<S>>,
  range: Range,
): Query[] {
  return queriesOf((quantile) => histogramQuantile<L, S>(quantile, histogram, where, range));
}

/** The same of the chosen apps, where the rates of the buckets are recorded. */
export function recordedQuantiles(rates: RecordingRule<"app" | "le">): Query[] {
  return queriesOf((quantile) => quantileOfRates(quantile, ofChosenApps(recorded(rates))));
}
