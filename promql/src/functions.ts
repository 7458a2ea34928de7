import type { Counter, Gauge, GaugeHistogram, Histogram, LabelSet } from "@sockscope/catalog";
import { atom, type Expression, type Range } from "./expression.ts";
import { type LabelNames, labelNames, type Matchers, selector } from "./selector.ts";

/** Per-second increase. Takes counters only: the rate of a gauge or of a raw bucket is a mistake that looks like a number. */
export function rate<L extends LabelSet>(
  counter: Counter<L>,
  where: Matchers<L>,
  range: Range,
): Expression<LabelNames<L>> {
  return atom(`rate(${selector(counter.name, where)}[${range}])`, labelNames(counter));
}

/** Increase over the range. Takes counters only. */
export function increase<L extends LabelSet>(
  counter: Counter<L>,
  where: Matchers<L>,
  range: Range,
): Expression<LabelNames<L>> {
  return atom(`increase(${selector(counter.name, where)}[${range}])`, labelNames(counter));
}

/** The value of a gauge now. */
export function gauge<L extends LabelSet>(metric: Gauge<L>, where: Matchers<L>): Expression<LabelNames<L>> {
  return atom(selector(metric.name, where), labelNames(metric));
}

/**
 * A quantile of what was observed within the range, interpolated inside its bucket.
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
  const buckets = `rate(${selector(`${histogram.name}_bucket`, where)}[${range}])`;
  return atom(`histogram_quantile(${quantile}, sum by (${["le", ...by].join(", ")}) (${buckets}))`, by);
}

/** A quantile of what exists now. There is no range: `rate()` of a gauge histogram is meaningless. */
export function gaugeHistogramQuantile<L extends LabelSet>(
  quantile: number,
  histogram: GaugeHistogram<L>,
  where: Matchers<L>,
): Expression<never> {
  const buckets = selector(`${histogram.name}_bucket`, where);
  return atom(`histogram_quantile(${quantile}, sum by (le) (${buckets}))`, []);
}

/** Adds up, keeping apart only the named labels, which the operand must have. */
export function sumBy<L extends string, K extends L>(
  by: readonly K[],
  expression: Expression<L>,
): Expression<K> {
  const grouping = by.length === 0 ? "" : ` by (${by.join(", ")}) `;
  return atom(`sum${grouping}(${expression.promql})`, by);
}
