import { type BucketLayout, bucketCount } from "@sockscope/catalog";
import type { BatchSource } from "../batch-source.ts";
import type { ClientDeclaration } from "../registry/declared-families.ts";
import type { Family, FamilyDeclaration, LabelIndex } from "../registry/family.ts";
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

/** A metric that browsers report. */
export interface ReportedFamily {
  readonly family: Family;
  /** The labels that a batch names. */
  readonly labels: readonly LabelIndex[];
  /** What a position of the source is worth in the number of a label combination. */
  readonly strides: BatchSource;
  /** By id, the newest and all older ones; empty for a counter. */
  readonly layouts: ReadonlyMap<string, AcceptedLayout>;
  /** Whether what is added to it counts as accepted measurements. */
  readonly isMeasurement: boolean;
}

/** What browsers may report, by metric name. */
export type ReportedFamilies = ReadonlyMap<string, ReportedFamily>;

/**
 * What browsers may report. What the collector counts itself is not among it; asked for that, it does not know it.
 *
 * @param declarations the client metrics of the registry
 * @throws TypeError when an older layout neither nests in the newest nor stays one of its own: a fault of the catalog's
 */
export function reportedFamilies(
  registry: Registry,
  declarations: readonly ClientDeclaration[],
): ReportedFamilies {
  return new Map(
    declarations
      .filter(({ countedByCollector }) => countedByCollector !== true)
      .map((declaration) => [declaration.metric.name, reportedFamily(registry, declaration)]),
  );
}

function reportedFamily(registry: Registry, declaration: ClientDeclaration): ReportedFamily {
  const family = registry.family(declaration.metric);
  const app = family.labels.find(({ name }) => name === "app");
  const release = family.labels.find(({ name }) => name === "release");
  if (app === undefined) throw new TypeError(`${declaration.metric.name} has no label app`);
  return {
    family,
    labels: family.labels.filter((label) => label !== app && label !== release),
    strides: { app: app.stride, release: release?.stride ?? 0 },
    layouts: new Map(
      acceptedLayouts(registry, declaration).map((accepted) => [accepted.layout.id, accepted]),
    ),
    isMeasurement: declaration.addsNoMeasurements !== true,
  };
}

function acceptedLayouts(
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
