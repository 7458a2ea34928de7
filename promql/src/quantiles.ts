import type { GaugeHistogram, Histogram, LabelSet, StampedLabel } from "@sockscope/catalog";
import { sumBy } from "./aggregations.ts";
import { type Expression, expression } from "./expression.ts";
import { type LabelNames, labelNames, type Matchers, matcherTexts } from "./matchers.ts";
import type { PromqlNode } from "./node.ts";
import { PromqlError } from "./promql-error.ts";
import { checkedRange, type Range } from "./range.ts";

function quantileOf<K extends string>(
  quantile: number,
  buckets: Expression<K | "le">,
  by: readonly K[],
): Expression<K> {
  if (!(quantile >= 0 && quantile <= 1)) {
    throw new PromqlError(`${quantile} is no quantile; take a number from 0 to 1.`);
  }
  const args: PromqlNode[] = [{ kind: "number", value: quantile }, buckets.node];
  return expression({ kind: "call", name: "histogram_quantile", args }, by);
}

/** Every bucket's counter, or a gauge histogram's buckets as they are. */
function buckets<L extends LabelSet, S extends StampedLabel>(
  histogram: Histogram<L, S> | GaugeHistogram<L, S>,
  where: Matchers<L, S>,
  range?: Range,
): Expression<LabelNames<L, S> | "le"> {
  const samples: PromqlNode = {
    kind: "selector",
    name: `${histogram.name}_bucket`,
    matchers: matcherTexts(where),
    ...(range === undefined ? {} : { range: checkedRange(range) }),
  };
  const labels = ["le", ...labelNames(histogram)] as const;
  return range === undefined
    ? expression(samples, labels)
    : expression({ kind: "call", name: "rate", args: [samples] }, labels);
}

/**
 * A quantile of what was observed within the range, interpolated inside its bucket. For a verdict at a bound, take
 * `atBound`, which is exact.
 *
 * @param quantile from 0 to 1
 * @param by the labels to keep apart; buckets of all other series are added up first
 * @throws PromqlError for what is no quantile or no range
 */
export function histogramQuantile<
  L extends LabelSet,
  S extends StampedLabel,
  K extends LabelNames<L, S> = never,
>(
  quantile: number,
  histogram: Histogram<L, S>,
  where: Matchers<L, NoInfer<S>>,
  range: Range,
  by: readonly K[] = [],
): Expression<K> {
  return quantileOf(quantile, sumBy(["le", ...by], buckets<L, S>(histogram, where, range)), by);
}

/** A quantile of what exists now. There is no range: `rate()` of a gauge histogram is meaningless. */
export function gaugeHistogramQuantile<L extends LabelSet, S extends StampedLabel>(
  quantile: number,
  histogram: GaugeHistogram<L, S>,
  where: Matchers<L, NoInfer<S>>,
): Expression<never> {
  return quantileOf(quantile, sumBy(["le"], buckets<L, S>(histogram, where)), []);
}

/**
 * The same of buckets whose rates were recorded.
 *
 * @param rates what {@link bucketRates} made
 * @throws PromqlError for what is no quantile
 */
export function quantileOfRates(quantile: number, rates: Expression<string>): Expression<never> {
  return quantileOf(quantile, sumBy(["le"], rates), []);
}

/**
 * How many observations a second fell at or below each bound: what a heatmap draws.
 *
 * @param by other labels to keep apart
 */
export function bucketRates<L extends LabelSet, S extends StampedLabel, K extends LabelNames<L, S> = never>(
  histogram: Histogram<L, S>,
  where: Matchers<L, NoInfer<S>>,
  range: Range,
  by: readonly K[] = [],
): Expression<K | "le"> {
  return sumBy([...by, "le"], buckets<L, S>(histogram, where, range));
}

/** How many there are now at or below each bound. */
export function bucketsNow<L extends LabelSet, S extends StampedLabel>(
  histogram: GaugeHistogram<L, S>,
  where: Matchers<L, NoInfer<S>>,
): Expression<"le"> {
  return sumBy(["le"], buckets<L, S>(histogram, where));
}
