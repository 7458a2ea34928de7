import { APP, type Catalog, type DocumentedMetric, type MetricAbout, RELEASE } from "@sockscope/catalog";
import type { FamilyDeclaration } from "./family.ts";

/** A client metric that gets a family, and how pages have to do with it. */
export type ClientDeclaration = FamilyDeclaration &
  Pick<MetricAbout, "countedByCollector" | "addsNoMeasurements">;

function isRecorded({ declaredOnly }: DocumentedMetric): boolean {
  return declaredOnly !== true;
}

/** The client metrics that anything records, each with the labels that say of which pages they are before its own. */
export function clientFamilies({ clientMetrics, hasReleases }: Catalog): readonly ClientDeclaration[] {
  const ofPages = hasReleases ? { app: APP, release: RELEASE } : { app: APP };
  return clientMetrics.filter(isRecorded).map(({ metric, ...about }) => ({
    ...about,
    metric: { ...metric, labels: { ...ofPages, ...metric.labels } },
  }));
}

/** What a collector exposes: the client metrics, and its own, as far as anything records them. */
export function declaredFamilies(catalog: Catalog): readonly FamilyDeclaration[] {
  return [...clientFamilies(catalog), ...catalog.collectorMetrics.filter(isRecorded)];
}
