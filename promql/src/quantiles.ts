import type { GaugeHistogram, Histogram, LabelSet } from "@sockscope/catalog";
import { type Expression, expression } from "./expression.ts";
import { type LabelNames, type Matchers, matcherTexts } from "./matchers.ts";
import type { PromqlNode } from "./node.ts";
import type { Range } from "./range.ts";

function quantileOf<K extends string>(
  quantile: number,
  buckets: PromqlNode,
  by: readonly K[],
): Expression<K> {
  const summed: PromqlNode = { kind: "aggregation", operator: "sum", by: ["le", ...by], of: buckets };
  const args: PromqlNode[] = [{ kind: "number", value: quantile }, summed];
  return expression({ kind: "call", name: "histogram_quantile", args }, by);
}

function buckets<L extends LabelSet>(
  histogram: { name: string },
  where: Matchers<L>,
  range?: Range,
): PromqlNode {
  return {
    kind: "selector",
    name: `${histogram.name}_bucket`,
    matchers: matcherTexts(where),
    ...(range === undefined ? {} : { range }),
  };
}

/**
 * A quantile of what was observed within the range, interpolated inside its bucket. For a verdict at a bound, take
 * `atBound`, which is exact.
 *
 * @param quantile from 0 to 1
 * @param by the labels to keep apart; buckets of all other series are added up first
 */
export function histogramQuantile<L extends LabelSet, K extends LabelNames<L> = never>(
  quantile: number,
  histogram: Histogram<L>,
  where: Matchers<L>,
  range: Range,
  by: readonly K[] = [],
): Expression<K> {
  const rates: PromqlNode = { kind: "call", name: "rate", args: [buckets(histogram, where, range)] };
  return quantileOf(quantile, rates, by);
}

/** A quantile of what exists now. There is no range: `rate()` of a gauge histogram is meaningless. */
export function gaugeHistogramQuantile<L extends LabelSet>(
  quantile: number,
  histogram: GaugeHistogram<L>,
  where: Matchers<L>,
): Expression<never> {
  return quantileOf(quantile, buckets(histogram, where), []);
}
