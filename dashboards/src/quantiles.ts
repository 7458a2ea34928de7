import type { Histogram, LabelSet, StampedLabel } from "@sockscope/catalog";
import {
  avgOverTime,
  compare,
  type Expression,
  histogramQuantile,
  type Matchers,
  quantileOfRates,
} from "@sockscope/promql";
import { type RecordingRule, recorded } from "@sockscope/slo";
import type { Query } from "./panels/panel.ts";
import { ofChosenApps, WIDE, WINDOW } from "./windows.ts";

/** The usual, the slow and the slowest. */
const QUANTILES: readonly number[] = [0.5, 0.95, 0.99];

function queriesOf(
  quantileOf: (quantile: number) => Expression,
  step: Pick<Query, "leastStepSeconds"> = {},
): Query[] {
  return QUANTILES.map((quantile) => ({
    refId: `p${quantile * 100}`,
    expression: compare(quantileOf(quantile), ">=", 0),
    legend: `p${quantile * 100}`,
    ...step,
  }));
}

/**
 * What a histogram's usual, slow and slowest observations were within {@link WIDE}; nothing where nothing was observed, which
 * else is NaN.
 */
export function quantiles<L extends LabelSet, S extends StampedLabel>(
  histogram: Histogram<L, S>,
  where: Matchers<L, NoInfer<S>>,
): Query[] {
  const { window, leastStepSeconds } = WIDE;
  return queriesOf((quantile) => histogramQuantile<L, S>(quantile, histogram, where, window), {
    leastStepSeconds,
  });
}

/** How a description says what a quantile cannot: it ends at the histogram's last bound. */
export function interpolatedInWords({ layout }: Pick<Histogram, "layout">, unit = " s"): string {
  const last = `${layout.bounds.at(-1)}${unit}`;
  return `Interpolated within its bucket; ${last} stands for that and everything above.`;
}

/** The same of the chosen apps, where the rates of the buckets are recorded: the mean of those since the point before. */
export function recordedQuantiles(rates: RecordingRule<"app" | "le">): Query[] {
  const since = ofChosenApps(avgOverTime(recorded(rates), WINDOW));
  return queriesOf((quantile) => quantileOfRates(quantile, since));
}
