import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { collector } from "./collector.ts";
import { connections } from "./connections.ts";
import { buildDashboard, type DashboardSpec } from "./dashboard.ts";
import type { DashboardLinks } from "./links.ts";
import { messages } from "./messages.ts";
import { ownMetrics } from "./own-metrics.ts";
import { reconnects } from "./reconnects.ts";

export { COLLECTOR, collector } from "./collector.ts";
export { AFFECTED_SESSIONS_PANEL_ID } from "./connections/ends.ts";
export { CONNECTIONS, connections } from "./connections.ts";
export { buildDashboard, type DashboardSpec, panelsOf } from "./dashboard.ts";
export { type DashboardLinks, EXAMPLE_DASHBOARD_LINKS, WRITTEN_RUNBOOKS } from "./links.ts";
export { MESSAGES, messages } from "./messages.ts";
export type { PanelSpec, Query } from "./panels/panel.ts";
export { RECONNECTS, reconnects } from "./reconnects.ts";

/** Every dashboard. */
export function dashboards(catalog: Catalog): readonly DashboardSpec[] {
  return [
    connections(catalog),
    reconnects(catalog),
    messages(catalog),
    collector(catalog),
    ...ownMetrics(catalog),
  ];
}

/** Those of the product's own catalog. */
export const DASHBOARDS: readonly DashboardSpec[] = dashboards(DEFAULT_CATALOG);

/** Every dashboard as Grafana imports it: file name and content. */
export function dashboardFiles(catalog: Catalog, links?: DashboardLinks): ReadonlyMap<string, string> {
  return new Map(
    dashboards(catalog).map((spec) => [
      `${spec.uid}.json`,
      `${JSON.stringify(buildDashboard(spec, catalog, links), null, 2)}\n`,
    ]),
  );
}

/** The generated files of this workspace: path within the repository, and content. */
export function generate(): ReadonlyMap<string, string> {
  return new Map(
    [...dashboardFiles(DEFAULT_CATALOG)].map(([file, content]) => [`dashboards/generated/${file}`, content]),
  );
}
