import { CLIENT_METRICS, COLLECTOR_METRICS, type DocumentedMetric } from "@sockscope/catalog";
import type { FamilyDeclaration } from "./family.ts";

function isRecorded({ declaredOnly }: DocumentedMetric): boolean {
  return declaredOnly !== true;
}

/** What this collector exposes: the client metrics of every app, and its own, as far as anything records them. */
export function declaredFamilies(apps: readonly string[]): FamilyDeclaration[] {
  return [
    ...CLIENT_METRICS.filter(isRecorded).map(({ metric, help }) => ({ metric, help, apps })),
    ...COLLECTOR_METRICS.filter(isRecorded).map(({ metric, help }) => ({ metric, help })),
  ];
}
