import { APP, CLIENT_METRICS, COLLECTOR_METRICS, type DocumentedMetric } from "@sockscope/catalog";
import type { FamilyDeclaration } from "./family.ts";

function isRecorded({ declaredOnly }: DocumentedMetric): boolean {
  return declaredOnly !== true;
}

/** The client metrics that anything records, each with the label `app` before its own. */
export const CLIENT_FAMILIES: readonly FamilyDeclaration[] = CLIENT_METRICS.filter(isRecorded).map(
  ({ metric, ...about }) => ({ ...about, metric: { ...metric, labels: { app: APP, ...metric.labels } } }),
);

/** What this collector exposes: the client metrics, and its own, as far as anything records them. */
export const DECLARED_FAMILIES: readonly FamilyDeclaration[] = [
  ...CLIENT_FAMILIES,
  ...COLLECTOR_METRICS.filter(isRecorded),
];
