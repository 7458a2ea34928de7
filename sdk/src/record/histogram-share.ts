import { MAX_DELTA } from "@sockscope/catalog/protocol";
import type { BucketLayout } from "@sockscope/catalog/runtime";

/** What one batch may carry of a histogram's block. */
export interface HistogramShare {
  readonly counts: readonly number[];
  readonly sum: number;
}

/** Enough for a sum, and it hides what binary fractions add: 0.031 stays 0.031. */
const SUM_DIGITS = 12;

/**
 * The share of a block (a count for each bucket, then the sum) that fits one batch: all of it, unless a bucket counts more
 * than `MAX_DELTA`. The sum stays where the collector's check wants it: between what the bounds of the counted buckets
 * add up to.
 */
export function histogramShare(block: Float64Array, layout: BucketLayout): HistogramShare {
  const all = Array.from(block.subarray(0, -1));
  const counts = all.map((count) => Math.min(count, MAX_DELTA));
  const [low, high] = sumRange(counts, layout);
  const [lowOfAll, highOfAll] = sumRange(all, layout);
  const sum = block.at(-1) ?? 0;
  // As far up its range as the whole sum is in the whole range, so that the rest keeps within its own range too.
  const position = (sum - lowOfAll) / (highOfAll - lowOfAll);
  const share = highOfAll > high ? low + position * (high - low) : sum;
  return { counts, sum: Math.min(high, Math.max(low, Number(share.toPrecision(SUM_DIGITS)))) };
}

/** Takes a share out of its block. Nothing remains of the sum when nothing was left to count. */
export function removeShare(block: Float64Array, { counts, sum }: HistogramShare): void {
  const left = counts.map((count, bucket) => (block[bucket] ?? 0) - count);
  block.set([...left, left.some(Boolean) ? (block.at(-1) ?? 0) - sum : 0]);
}

/** What the lower and what the upper bounds of the counted buckets add up to. */
function sumRange(counts: readonly number[], { bounds, max }: BucketLayout): [low: number, high: number] {
  let low = 0;
  let high = 0;
  counts.forEach((count, bucket) => {
    low += count * (bounds[bucket - 1] ?? 0);
    high += count * (bounds[bucket] ?? max);
  });
  return [low, high];
}
