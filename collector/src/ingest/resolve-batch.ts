import type { BucketLayout, LeftOutReason } from "@sockscope/catalog";
import type { Batch, CounterDelta, HistogramDelta } from "@sockscope/catalog/protocol";
import type { Family } from "../registry/family.ts";
import type { Increments } from "../registry/registry.ts";
import { describeValue } from "./describe-value.ts";
import { plausibleSum } from "./histogram-sum.ts";
import { RequestRefused } from "./request-refused.ts";

/** A batch in terms of slots. */
export interface ResolvedBatch extends Increments {
  /** One reason for each entry that this collector does not know. */
  readonly leftOut: readonly LeftOutReason[];
}

interface Resolution extends ResolvedBatch {
  readonly slots: number[];
  readonly amounts: number[];
  readonly leftOut: LeftOutReason[];
  /** The first slot of each entry. */
  readonly seen: Set<number>;
}

/** The families that browsers may report, by metric name. */
export type ReportedFamilies = ReadonlyMap<string, Family>;

/** A gauge is not what a browser gained, so none may be reported; asked for one, the collector does not know it. */
export function reportedFamilies(families: readonly Family[]): ReportedFamilies {
  return new Map(
    families
      .filter(({ appStride, metric }) => appStride > 0 && metric.type !== "gauge")
      .map((family) => [family.metric.name, family]),
  );
}

/**
 * Finds the slots of everything in a batch. What the catalog does not have is left out; what it has and the batch gets
 * wrong makes the whole batch invalid.
 *
 * @param app the position of the app
 * @throws RequestRefused
 */
export function resolveBatch(batch: Batch, families: ReportedFamilies, app: number): ResolvedBatch {
  const slots: number[] = [];
  const amounts: number[] = [];
  const leftOut: LeftOutReason[] = [];
  const resolution: Resolution = { slots, amounts, leftOut, seen: new Set() };
  for (const entry of batch.counters) resolveCounter(entry, families.get(entry.name), app, resolution);
  for (const entry of batch.histograms) resolveHistogram(entry, families.get(entry.name), app, resolution);
  return { slots, amounts, leftOut };
}

function resolveCounter(
  entry: CounterDelta,
  family: Family | undefined,
  app: number,
  { slots, amounts, leftOut, seen }: Resolution,
): void {
  if (family?.metric.type === "histogram") throw wrongList(entry.name, "histograms");
  const slot = findSlot(family, app, entry.labels);
  if (typeof slot === "string") {
    leftOut.push(slot);
    return;
  }
  checkOnce(entry.name, slot, seen);
  slots.push(slot);
  amounts.push(entry.delta);
}

function resolveHistogram(
  entry: HistogramDelta,
  family: Family | undefined,
  app: number,
  { slots, amounts, leftOut, seen }: Resolution,
): void {
  if (family?.metric.type === "counter") throw wrongList(entry.name, "counters");
  const slot = findSlot(family, app, entry.labels);
  const layout = layoutOf(family, entry.layout);
  if (typeof slot === "string" || layout === undefined) {
    leftOut.push(typeof slot === "string" ? slot : "unknown_layout");
    return;
  }
  checkOnce(entry.name, slot, seen);
  const sum = checkHistogram(entry, layout);
  for (let bucket = 0; bucket < entry.counts.length; bucket += 1) {
    const count = entry.counts[bucket] ?? 0;
    if (count === 0) continue;
    slots.push(slot + bucket);
    amounts.push(count);
  }
  slots.push(slot + entry.counts.length);
  amounts.push(sum);
}

function layoutOf(family: Family | undefined, id: string): BucketLayout | undefined {
  if (family === undefined || !("buckets" in family.metric)) return undefined;
  return family.metric.buckets.id === id ? family.metric.buckets : undefined;
}

function findSlot(
  family: Family | undefined,
  app: number,
  labels: Readonly<Record<string, string>>,
): number | LeftOutReason {
  if (family === undefined) return "unknown_metric";
  if (!hasExactly(labels, family)) return "unknown_label";
  let slot = family.firstSlot + app * family.appStride;
  for (const { name, positions, stride } of family.declared) {
    const position = positions.get(labels[name] ?? "");
    if (position === undefined) return "unknown_label_value";
    slot += position * stride;
  }
  return slot;
}

function hasExactly(labels: Readonly<Record<string, string>>, { declared }: Family): boolean {
  return (
    Object.keys(labels).length === declared.length &&
    declared.every(({ name }) => Object.hasOwn(labels, name))
  );
}

/** Repeated entries would let one batch add more to a series than the largest increment. */
function checkOnce(name: string, slot: number, seen: Set<number>): void {
  if (seen.has(slot)) throw malformed(`${name} is there twice with the same labels; send one sum of both`);
  seen.add(slot);
}

function checkHistogram({ name, counts, sum }: HistogramDelta, layout: BucketLayout): number {
  if (counts.length !== layout.bounds.length + 1) {
    throw malformed(
      `counts of ${name} is ${describeValue(counts)}; ${layout.id} has ${layout.bounds.length + 1}`,
    );
  }
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
