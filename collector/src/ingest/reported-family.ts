import type { Catalog } from "@sockscope/catalog";
import type { BatchSource } from "../batch-source.ts";
import type { ClientDeclaration } from "../registry/declared-families.ts";
import type { Family, LabelIndex } from "../registry/family.ts";
import type { Registry } from "../registry/registry.ts";
import { type AcceptedLayout, acceptedLayouts } from "./accepted-layouts.ts";
import { type ReportedLabel, reportedLabel } from "./reported-label.ts";

/** A metric that browsers report. */
export interface ReportedFamily {
  readonly family: Family;
  /** In the order in which a batch names them. */
  readonly labels: readonly ReportedLabel[];
  /** What a position of the source is worth in the number of a label combination. */
  readonly strides: BatchSource;
  /** By id, the newest and all older ones; empty for a counter. */
  readonly layouts: ReadonlyMap<string, AcceptedLayout>;
  /** Whether what is added to it counts as accepted measurements. */
  readonly isMeasurement: boolean;
}

/**
 * A metric of the registry as browsers report it.
 *
 * @param closeCodeLabel the label of a close code
 * @throws TypeError when an older layout neither nests in the newest nor stays one of its own: a fault of the catalog's
 */
export function reportedFamily(
  registry: Registry,
  declaration: ClientDeclaration,
  closeCodeLabel: Catalog["closeCodeLabel"],
): ReportedFamily {
  const { metric } = declaration;
  const family = registry.family(metric);
  const { app, release, own } = labelsOfSource(family);
  return {
    family,
    labels: own.map((label) => reportedLabel(metric, label, closeCodeLabel)),
    strides: { app: app.stride, release: release?.stride ?? 0 },
    layouts: new Map(
      acceptedLayouts(registry, declaration).map((accepted) => [accepted.layout.id, accepted]),
    ),
    isMeasurement: declaration.addsNoMeasurements !== true,
  };
}

/** The labels that say of which pages a series is, and the metric's own. */
export function labelsOfSource({ metric, labels }: Family): {
  readonly app: LabelIndex;
  readonly release: LabelIndex | undefined;
  readonly own: readonly LabelIndex[];
} {
  const app = labels.find(({ name }) => name === "app");
  const release = labels.find(({ name }) => name === "release");
  if (app === undefined) throw new TypeError(`${metric.name} has no label app`);
  return { app, release, own: labels.filter((label) => label !== app && label !== release) };
}
