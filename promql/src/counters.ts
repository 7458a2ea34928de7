import type { Counter, Histogram, LabelSet, Period } from "@sockscope/catalog";
import { type Expression, expression } from "./expression.ts";
import { type LabelNames, labelNames, type Matchers, matcherTexts } from "./matchers.ts";
import { numberText } from "./number-text.ts";
import { PromqlError } from "./promql-error.ts";
import type { Range } from "./range.ts";

/** Where a look back ends, before now. */
export interface Offset {
  readonly offset?: Period;
}

/** One of the counters that make up a histogram. */
export interface HistogramPart<L extends LabelSet = LabelSet> {
  readonly type: "histogram_part";
  readonly name: string;
  readonly labels: Histogram<L>["labels"];
  /** The spellings of a bucket's bound, one of which the series has. */
  readonly le?: readonly string[];
}

/** What only grows, so that its rate means something. */
export type Counting<L extends LabelSet> = Counter<L> | HistogramPart<L>;

/** From here on (and below a ten-thousandth) Prometheus may write a bound with an exponent. */
const EXPONENT_FROM = 1_000_000;

/**
 * Every spelling that the label `le` can have for a bound: `1800` in the text format, `1800.0` in OpenMetrics and from
 * Prometheus 3 on, `1.048576e+07` from clients that write floats as Go does.
 *
 * See {@link https://prometheus.io/docs/prometheus/3.0/migration/#le-and-quantile-label-values}.
 */
function spellings(bound: number): string[] {
  const decimal = numberText(bound);
  if (!Number.isInteger(bound)) return [decimal];
  if (bound < EXPONENT_FROM) return [decimal, `${decimal}.0`];
  const exponent = bound.toExponential().replace(/e\+(\d)$/, "e+0$1");
  return [decimal, `${decimal}.0`, exponent];
}

/**
 * Counts the observations at or below a bound of the histogram's layout, which is exact where a quantile interpolates.
 * Throws a {@link PromqlError} when the layout has no such bound.
 *
 * @param bound in the histogram's unit
 */
export function atBound<L extends LabelSet>(histogram: Histogram<L>, bound: number): HistogramPart<L> {
  const { bounds } = histogram.layout;
  if (!bounds.includes(bound)) {
    throw new PromqlError(`${histogram.name} has no bucket at ${bound}; take one of ${bounds.join(", ")}.`);
  }
  return {
    type: "histogram_part",
    name: `${histogram.name}_bucket`,
    labels: histogram.labels,
    le: spellings(bound),
  };
}

/** Counts all observations of a histogram. */
export function countOf<L extends LabelSet>(histogram: Histogram<L>): HistogramPart<L> {
  return { type: "histogram_part", name: `${histogram.name}_count`, labels: histogram.labels };
}

function lookBack<L extends LabelSet>(
  name: "rate" | "increase",
  counter: Counting<L>,
  where: Matchers<L>,
  range: Range,
  { offset }: Offset,
): Expression<LabelNames<L>> {
  const le = counter.type === "histogram_part" ? counter.le : undefined;
  const samples = {
    kind: "selector",
    name: counter.name,
    matchers: matcherTexts({ ...where, le }),
    range,
    ...(offset === undefined ? {} : { offset }),
  } as const;
  return expression({ kind: "call", name, args: [samples] }, labelNames(counter));
}

/** Per-second increase. Takes what only grows: the rate of a gauge is a mistake that looks like a number. */
export function rate<L extends LabelSet>(
  counter: Counting<L>,
  where: Matchers<L>,
  range: Range,
  offset: Offset = {},
): Expression<LabelNames<L>> {
  return lookBack("rate", counter, where, range, offset);
}

/** Increase over the range. Takes what only grows. */
export function increase<L extends LabelSet>(
  counter: Counting<L>,
  where: Matchers<L>,
  range: Range,
  offset: Offset = {},
): Expression<LabelNames<L>> {
  return lookBack("increase", counter, where, range, offset);
}
