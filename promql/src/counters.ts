import type { Counter, Histogram, LabelSet, Period, StampedLabel } from "@sockscope/catalog";
import { type Expression, expression } from "./expression.ts";
import { type LabelNames, labelNames, type Matchers, matcherTexts } from "./matchers.ts";
import { numberText } from "./number-text.ts";
import { PromqlError } from "./promql-error.ts";
import { checkedRange, type Range } from "./range.ts";

/** Where a look back ends, before now. */
export interface Offset {
  readonly offset?: Period;
}

/** One of the counters that make up a histogram. */
export interface HistogramPart<L extends LabelSet = LabelSet, S extends StampedLabel = StampedLabel>
  extends Pick<Histogram<L, S>, "name" | "labels" | "stamped"> {
  readonly type: "histogram_part";
  /** The spellings of a bucket's bound, one of which the series has. */
  readonly le?: readonly string[];
}

/** What only grows, so that its rate means something. */
export type Counting<L extends LabelSet, S extends StampedLabel = StampedLabel> =
  | Counter<L, S>
  | HistogramPart<L, S>;

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
export function atBound<L extends LabelSet, S extends StampedLabel>(
  histogram: Histogram<L, S>,
  bound: number,
): HistogramPart<L, S> {
  const { bounds } = histogram.layout;
  if (!bounds.includes(bound)) {
    throw new PromqlError(`${histogram.name} has no bucket at ${bound}; take one of ${bounds.join(", ")}.`);
  }
  return { ...part(histogram, "_bucket"), le: spellings(bound) };
}

/** Counts all observations of a histogram. */
export function countOf<L extends LabelSet, S extends StampedLabel>(
  histogram: Histogram<L, S>,
): HistogramPart<L, S> {
  return part(histogram, "_count");
}

/** Adds up all observations of a histogram. */
export function sumOf<L extends LabelSet, S extends StampedLabel>(
  histogram: Histogram<L, S>,
): HistogramPart<L, S> {
  return part(histogram, "_sum");
}

function part<L extends LabelSet, S extends StampedLabel>(
  { name, labels, stamped }: Histogram<L, S>,
  suffix: "_bucket" | "_count" | "_sum",
): HistogramPart<L, S> {
  const stamps = stamped === undefined ? {} : { stamped };
  return { type: "histogram_part", name: `${name}${suffix}`, labels, ...stamps };
}

function lookBack<L extends LabelSet, S extends StampedLabel>(
  name: "rate" | "increase",
  counter: Counting<L, S>,
  where: Matchers<L, NoInfer<S>>,
  range: Range,
  { offset }: Offset,
): Expression<LabelNames<L, S>> {
  const le = counter.type === "histogram_part" ? counter.le : undefined;
  const samples = {
    kind: "selector",
    name: counter.name,
    matchers: matcherTexts({ ...where, le }),
    range: checkedRange(range),
    ...(offset === undefined ? {} : { offset: checkedRange(offset) }),
  } as const;
  return expression({ kind: "call", name, args: [samples] }, labelNames(counter));
}

/** Per-second increase. Takes what only grows: the rate of a gauge is a mistake that looks like a number. */
export function rate<L extends LabelSet, S extends StampedLabel>(
  counter: Counting<L, S>,
  where: Matchers<L, NoInfer<S>>,
  range: Range,
  offset: Offset = {},
): Expression<LabelNames<L, S>> {
  return lookBack("rate", counter, where, range, offset);
}

/** Increase over the range. Takes what only grows. */
export function increase<L extends LabelSet, S extends StampedLabel>(
  counter: Counting<L, S>,
  where: Matchers<L, NoInfer<S>>,
  range: Range,
  offset: Offset = {},
): Expression<LabelNames<L, S>> {
  return lookBack("increase", counter, where, range, offset);
}
