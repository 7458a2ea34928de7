import type { BucketLayout } from "@sockscope/catalog";
import { existing } from "../existing.ts";
import type { OccupiedBuckets } from "./parse-line.ts";

/**
 * How far a sum may lie outside of what its buckets allow, as a share of the upper limit. Adding up a batch's worth of
 * observations in floating point stays far below it, also when the sum is the difference of two larger ones.
 */
const ROUNDING = 1e-6;

/**
 * The sum of a histogram's observations, brought within what its buckets allow; undefined when it is outside by more than
 * rounding explains. What comes back is never negative, so the exposed sum never falls, which Prometheus would take for a
 * restart.
 */
export function plausibleSum(
  sum: number,
  { buckets, counts }: OccupiedBuckets,
  { bounds, max }: BucketLayout,
): number | undefined {
  let least = 0;
  let most = 0;
  for (let i = 0; i < buckets.length; i += 1) {
    const bucket = existing(buckets[i], i);
    const count = existing(counts[i], i);
    // The first bucket begins at zero, and the last, which has no bound, ends at the largest value.
    least += count * (bounds[bucket - 1] ?? 0);
    most += count * (bounds[bucket] ?? max);
  }
  const tolerance = most * ROUNDING;
  if (sum < least - tolerance || sum > most + tolerance) return undefined;
  return Math.min(Math.max(sum, least), most);
}
