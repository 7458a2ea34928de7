import type { LabelSet } from "@sockscope/catalog/runtime";

/** What a counter gained. */
export interface CounterDelta {
  readonly name: string;
  /** In the catalog's order. */
  readonly labels: LabelSet;
  readonly delta: number;
}

/** What a histogram gained. */
export interface HistogramDelta {
  readonly name: string;
  /** In the catalog's order. */
  readonly labels: LabelSet;
  /** The id of the bucket layout that `counts` follows. */
  readonly layout: string;
  /** One a bucket; the last is `+Inf`. */
  readonly counts: readonly number[];
  readonly sum: number;
}

/** What was recorded since the last time, as a batch carries it. */
export interface Deltas {
  readonly counters: readonly CounterDelta[];
  readonly histograms: readonly HistogramDelta[];
}

/** How many measurements the deltas stand for: counted events plus observed values. */
export function measurementsIn({ counters, histograms }: Deltas): number {
  let measurements = 0;
  for (const { delta } of counters) measurements += delta;
  for (const { counts } of histograms) for (const count of counts) measurements += count;
  return measurements;
}
