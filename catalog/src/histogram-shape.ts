import type { BucketLayout } from "./metric.ts";

/** How many buckets a layout has: one a bound, and `+Inf`. */
export function bucketCount({ bounds }: BucketLayout): number {
  return bounds.length + 1;
}

/** How many numbers hold one histogram: its buckets, not cumulative, and then the sum. */
export function histogramSlots(layout: BucketLayout): number {
  return bucketCount(layout) + 1;
}

/** How many lines one histogram takes in the exposition: its buckets, `_sum` and `_count`. */
export function histogramSeries(layout: BucketLayout): number {
  return bucketCount(layout) + 2;
}
