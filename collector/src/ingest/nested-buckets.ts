import type { BucketLayout } from "@sockscope/catalog";

/**
 * For each bucket of a layout the bucket of a coarser one that contains it. Every observation then counts where it would
 * have counted in the coarser layout from the start, because no bucket straddles one of its bounds.
 *
 * @throws TypeError when a bound of the coarser layout is none of the finer one
 */
export function nestedBuckets(finer: BucketLayout, coarser: BucketLayout): number[] {
  const cut = coarser.bounds.find((bound) => !finer.bounds.includes(bound));
  if (cut !== undefined)
    throw new TypeError(`${finer.id} does not nest in ${coarser.id}: ${cut} is none of its bounds`);
  return [...finer.bounds, Number.POSITIVE_INFINITY].map(
    (upper) => coarser.bounds.filter((bound) => bound < upper).length,
  );
}
