import { CLIENT_METRICS, COLLECTOR_JOURNAL_LAG, COLLECTOR_METRICS } from "@sockscope/catalog";
import type { FamilyDeclaration } from "./family.ts";

/** What this collector exposes: the client metrics of every app, and its own. */
export function declaredFamilies(apps: readonly string[]): FamilyDeclaration[] {
  // Without a journal there is no lag, and a constant zero would claim that everything is durable.
  const own = COLLECTOR_METRICS.filter(({ metric }) => metric !== COLLECTOR_JOURNAL_LAG);
  return [
    ...CLIENT_METRICS.map(({ metric, help }) => ({ metric, help, apps })),
    ...own.map(({ metric, help }) => ({ metric, help })),
  ];
}
