import { APP, type Catalog, type DocumentedMetric } from "@sockscope/catalog";
import type { FamilyDeclaration } from "./family.ts";

function isRecorded({ declaredOnly }: DocumentedMetric): boolean {
  return declaredOnly !== true;
}

/** The client metrics that anything records, each with the label `app` before its own. */
export function clientFamilies({ clientMetrics }: Catalog): readonly FamilyDeclaration[] {
  return clientMetrics.filter(isRecorded).map(({ metric, ...about }) => ({
    ...about,
    metric: { ...metric, labels: { app: APP, ...metric.labels } },
  }));
}

/** What a collector exposes: the client metrics, and its own, as far as anything records them. */
export function declaredFamilies(catalog: Catalog): readonly FamilyDeclaration[] {
  return [...clientFamilies(catalog), ...catalog.collectorMetrics.filter(isRecorded)];
}
