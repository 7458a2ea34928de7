import type { CounterDelta, HistogramDelta } from "@sockscope/catalog/protocol";

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
