import { type BucketLayout, bucketCount } from "@sockscope/catalog";
import type { Family, FamilyDeclaration } from "../registry/family.ts";
import type { Registry } from "../registry/registry.ts";
import { nestedBuckets } from "./nested-buckets.ts";

/** A bucket layout that a batch may use, and where its counts go. */
export interface AcceptedLayout {
  readonly layout: BucketLayout;
  /** The family that exposes it. */
  readonly family: Family;
  /** For each bucket of the layout its slot, counted from the combination's first. */
  readonly buckets: readonly number[];
  /** Where the sum goes, counted in the same way. */
  readonly sum: number;
}

/**
 * The layouts in which a batch may say a metric: the newest and all older ones of a histogram, none of a counter.
 *
 * @throws TypeError when an older one neither nests in the newest nor stays one of its own: a fault of the catalog's
 */
export function acceptedLayouts(
  registry: Registry,
  { metric, olderLayouts = [] }: FamilyDeclaration,
): AcceptedLayout[] {
  if (!("layout" in metric)) return [];
  const newest = metric.layout;
  const older = olderLayouts.map(({ layout, keptAs }) =>
    keptAs === undefined
      ? acceptedLayout(registry.family(metric), layout, newest)
      : acceptedLayout(registry.family({ ...metric, name: keptAs }), layout, layout),
  );
  return [acceptedLayout(registry.family(metric), newest, newest), ...older];
}

function acceptedLayout(family: Family, layout: BucketLayout, exposed: BucketLayout): AcceptedLayout {
  return { layout, family, buckets: nestedBuckets(layout, exposed), sum: bucketCount(exposed) };
}
