import { bucketCount, type LeftOutReason } from "@sockscope/catalog";
import type { BatchSource } from "../batch-source.ts";
import { existing } from "../existing.ts";
import type { Increments } from "../registry/registry.ts";
import type { AcceptedLayout } from "./accepted-layouts.ts";
import { findSeries } from "./find-series.ts";
import { plausibleSum } from "./histogram-sum.ts";
import { contradictory } from "./malformed.ts";
import type { ParsedBatch } from "./parse-batch.ts";
import type { CounterLine, HistogramLine } from "./parse-line.ts";
import type { ReportedFamilies } from "./reported-families.ts";
import type { ReportedSeries } from "./reported-series.ts";

/** A batch in terms of slots. A slot may be there more than once: lines whose close codes have one label add up. */
export interface ResolvedBatch extends Increments {
  /** Counted events and observed values, without what says that some were lost. */
  readonly measurements: number;
  /** One reason for each line that this collector does not know. */
  readonly leftOut: readonly LeftOutReason[];
}

interface Resolution {
  readonly slots: number[];
  readonly amounts: number[];
  /** Stays a safe integer: even at `MAX_DELTA` a byte, a body would. */
  measurements: number;
  readonly leftOut: LeftOutReason[];
}

/**
 * Finds the slots of everything in a batch. What the catalog does not have is left out; what it has and the batch gets
 * wrong makes the whole batch invalid.
 *
 * @throws RequestRefused
 */
export function resolveBatch(
  { counters, histograms }: Pick<ParsedBatch, "counters" | "histograms">,
  reported: ReportedFamilies,
  source: BatchSource,
): ResolvedBatch {
  const resolution: Resolution = { slots: [], amounts: [], measurements: 0, leftOut: [] };
  for (const line of counters) resolveCounter(line, reported, source, resolution);
  for (const line of histograms) resolveHistogram(line, reported, source, resolution);
  return resolution;
}

function resolveCounter(
  { series: text, line, delta }: CounterLine,
  families: ReportedFamilies,
  source: BatchSource,
  resolution: Resolution,
): void {
  const series = findSeries(text, line, "counter", families);
  if (typeof series === "string") {
    resolution.leftOut.push(series);
    return;
  }
  const { family, isMeasurement } = series.reported;
  const number = combinationAt(source, series);
  resolution.slots.push(existing(family.firstSlots[number], number));
  resolution.amounts.push(delta);
  if (isMeasurement) resolution.measurements += delta;
}

function resolveHistogram(
  line: HistogramLine,
  families: ReportedFamilies,
  source: BatchSource,
  resolution: Resolution,
): void {
  const series = findSeries(line.series, line.line, "histogram", families);
  const accepted = typeof series === "string" ? undefined : series.reported.layouts.get(line.layout);
  if (typeof series === "string" || accepted === undefined) {
    resolution.leftOut.push(typeof series === "string" ? series : "unknown_layout");
    return;
  }
  const number = combinationAt(source, series);
  addHistogram(line, accepted, existing(accepted.family.firstSlots[number], number), resolution);
}

/** The number of a label combination with what the source adds to it. */
function combinationAt(source: BatchSource, { number, reported: { strides } }: ReportedSeries): number {
  return number + source.app * strides.app + source.release * strides.release;
}

/** @param first the first slot of the combination in the family that exposes the layout */
function addHistogram(
  line: HistogramLine,
  accepted: AcceptedLayout,
  first: number,
  resolution: Resolution,
): void {
  const { slots, amounts } = resolution;
  const sum = checkHistogram(line, accepted);
  const { buckets, counts } = line;
  for (let i = 0; i < buckets.length; i += 1) {
    const bucket = existing(buckets[i], i);
    const count = existing(counts[i], i);
    slots.push(first + existing(accepted.buckets[bucket], bucket));
    amounts.push(count);
    resolution.measurements += count;
  }
  slots.push(first + accepted.sum);
  amounts.push(sum);
}

/** The sum, within what the buckets allow. */
function checkHistogram(histogram: HistogramLine, { layout }: AcceptedLayout): number {
  const { line, buckets, sum } = histogram;
  const highest = buckets.at(-1) ?? 0;
  const last = bucketCount(layout) - 1;
  if (highest > last)
    throw contradictory(`line ${line} has a bucket ${highest}; the last of ${layout.id} is ${last}`);
  const plausible = plausibleSum(sum, histogram, layout);
  if (plausible === undefined)
    throw contradictory(`line ${line} has the sum ${sum}; its buckets cannot add up to that`);
  return plausible;
}
