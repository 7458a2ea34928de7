import { bucketCount, type LeftOutReason } from "@sockscope/catalog";
import type { Batch, CounterDelta, HistogramDelta } from "@sockscope/catalog/protocol";
import type { BatchSource } from "../batch-source.ts";
import { existing } from "../existing.ts";
import { IMPOSSIBLE } from "../registry/family.ts";
import type { Increments } from "../registry/registry.ts";
import { plausibleSum } from "./histogram-sum.ts";
import type { AcceptedLayout, ReportedFamilies, ReportedFamily } from "./reported-families.ts";
import { RequestRefused } from "./request-refused.ts";

/** A batch in terms of slots. */
export interface ResolvedBatch extends Increments {
  /** Counted events and observed values, without what says that some were lost. */
  readonly measurements: number;
  /** One reason for each entry that this collector does not know. */
  readonly leftOut: readonly LeftOutReason[];
}

interface Resolution {
  readonly slots: number[];
  readonly amounts: number[];
  measurements: number;
  readonly leftOut: LeftOutReason[];
  /** The first slot of each entry's series, in the metric's newest layout. A list: a batch has too few to pay for a set. */
  readonly seen: number[];
}

/**
 * Finds the slots of everything in a batch. What the catalog does not have is left out; what it has and the batch gets
 * wrong makes the whole batch invalid.
 *
 * @throws RequestRefused
 */
export function resolveBatch(batch: Batch, families: ReportedFamilies, source: BatchSource): ResolvedBatch {
  const resolution: Resolution = { slots: [], amounts: [], measurements: 0, leftOut: [], seen: [] };
  for (const entry of batch.counters) resolveCounter(entry, families.get(entry.name), source, resolution);
  for (const entry of batch.histograms) resolveHistogram(entry, families.get(entry.name), source, resolution);
  const { slots, amounts, measurements, leftOut } = resolution;
  return { slots, amounts, measurements, leftOut };
}

function resolveCounter(
  { name, labels, delta }: CounterDelta,
  reported: ReportedFamily | undefined,
  source: BatchSource,
  resolution: Resolution,
): void {
  if (reported?.family.metric.type === "histogram") throw wrongList(name, "histograms");
  const series = findSeries(reported, source, labels);
  if (reported === undefined || typeof series === "string") {
    resolution.leftOut.push(typeof series === "string" ? series : "unknown_metric");
    return;
  }
  const slot = existing(reported.family.firstSlots[series], series);
  checkOnce(name, slot, resolution);
  resolution.slots.push(slot);
  resolution.amounts.push(delta);
  if (reported.isMeasurement) resolution.measurements += delta;
}

function resolveHistogram(
  entry: HistogramDelta,
  reported: ReportedFamily | undefined,
  source: BatchSource,
  resolution: Resolution,
): void {
  if (reported?.family.metric.type === "counter") throw wrongList(entry.name, "counters");
  const series = findSeries(reported, source, entry.labels);
  const accepted = reported?.layouts.get(entry.layout);
  if (reported === undefined || accepted === undefined || typeof series === "string") {
    resolution.leftOut.push(typeof series === "string" ? series : "unknown_layout");
    return;
  }
  checkOnce(entry.name, existing(reported.family.firstSlots[series], series), resolution);
  addHistogram(entry, accepted, existing(accepted.family.firstSlots[series], series), resolution);
}

/**
 * The number of a label combination that the metric can have, or why there is none. Runs once an entry, so it looks nothing
 * up but the values.
 */
function findSeries(
  reported: ReportedFamily | undefined,
  source: BatchSource,
  labels: Readonly<Record<string, string>>,
): number | LeftOutReason {
  if (reported === undefined) return "unknown_metric";
  if (!hasExactly(labels, reported)) return "unknown_label";
  const { strides } = reported;
  let number = source.app * strides.app + source.release * strides.release;
  for (const { name, positions, stride } of reported.labels) {
    const position = positions.get(labels[name] ?? "");
    if (position === undefined) return "unknown_label_value";
    number += position * stride;
  }
  return existing(reported.family.firstSlots[number], number) === IMPOSSIBLE ? "impossible_labels" : number;
}

/** No label of the catalog is called as something that every object has. */
function hasExactly(labels: Readonly<Record<string, string>>, reported: ReportedFamily): boolean {
  for (const { name } of reported.labels) if (labels[name] === undefined) return false;
  return Object.keys(labels).length === reported.labels.length;
}

/** Repeated entries would let one batch add more to a series than the largest increment. */
function checkOnce(name: string, slot: number, { seen }: Resolution): void {
  if (seen.includes(slot))
    throw malformed(`${name} is there twice with the same labels; send one sum of both`);
  seen.push(slot);
}

/** @param first the first slot of the combination in the family that exposes the layout */
function addHistogram(
  entry: HistogramDelta,
  accepted: AcceptedLayout,
  first: number,
  resolution: Resolution,
): void {
  const { slots, amounts } = resolution;
  const sum = checkHistogram(entry, accepted);
  const { counts } = entry;
  let observations = 0;
  for (let bucket = 0; bucket < counts.length; bucket += 1) {
    const count = existing(counts[bucket], bucket);
    if (count === 0) continue;
    slots.push(first + existing(accepted.buckets[bucket], bucket));
    amounts.push(count);
    observations += count;
  }
  resolution.measurements += observations;
  slots.push(first + accepted.sum);
  amounts.push(sum);
}

function checkHistogram({ name, counts, sum }: HistogramDelta, { layout }: AcceptedLayout): number {
  const buckets = bucketCount(layout);
  if (counts.length !== buckets)
    throw malformed(`counts of ${name} is a list of ${counts.length}; ${layout.id} has ${buckets}`);
  const plausible = plausibleSum(sum, counts, layout);
  if (plausible === undefined) throw malformed(`sum of ${name} is ${sum}; its buckets cannot add up to that`);
  return plausible;
}

function wrongList(name: string, list: "counters" | "histograms"): RequestRefused {
  return malformed(`${name} is in the wrong list; send it in ${list}`);
}

function malformed(message: string): RequestRefused {
  return new RequestRefused("SOCKSCOPE_ERR_BATCH", message);
}
