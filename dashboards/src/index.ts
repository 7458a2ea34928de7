import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { collector } from "./collector.ts";
import { connections } from "./connections.ts";
import { buildDashboard, type DashboardSpec } from "./dashboard.ts";
import { forImportByHand } from "./import-by-hand.ts";
import type { DashboardLinks } from "./links.ts";
import { messages } from "./messages.ts";
import { overview } from "./overview.ts";
import { ownMetrics } from "./own-metrics.ts";
import { reconnects } from "./reconnects.ts";

export { COLLECTOR, collector } from "./collector.ts";
export { CONNECTIONS, connections } from "./connections.ts";
export { buildDashboard, type DashboardSpec, panelsOf } from "./dashboard.ts";
export { type DashboardLinks, EXAMPLE_DASHBOARD_LINKS } from "./links.ts";
export { MESSAGES, messages } from "./messages.ts";
export { overview } from "./overview.ts";
export { TOO_FEW } from "./panels/judged.ts";
export type { PanelSpec, Query, Trait } from "./panels/panel.ts";
export { RECONNECTS, reconnects } from "./reconnects.ts";

/** Every dashboard. */
export function dashboards(catalog: Catalog): readonly DashboardSpec[] {
  return [
    overview(catalog),
    connections(catalog),
    reconnects(catalog),
    messages(catalog),
    collector(catalog),
    ...ownMetrics(catalog),
  ];
}

/** Those of the product's own catalog. */
export const DASHBOARDS: readonly DashboardSpec[] = dashboards(DEFAULT_CATALOG);

function files(
  catalog: Catalog,
  links: DashboardLinks | undefined,
  asFile: (dashboard: Dashboard) => object,
): ReadonlyMap<string, string> {
  return new Map(
    dashboards(catalog).map((spec) => [
      `${spec.uid}.json`,
      `${JSON.stringify(asFile(buildDashboard(spec, catalog, links)), null, 2)}\n`,
    ]),
  );
}

/** Every dashboard as Grafana provisions it, or takes it over its API: file name and content. */
export function dashboardFiles(catalog: Catalog, links?: DashboardLinks): ReadonlyMap<string, string> {
  return files(catalog, links, (dashboard) => dashboard);
}

/** Every dashboard for whoever imports it by hand, which asks for the data source: file name and content. */
export function dashboardFilesForImport(
  catalog: Catalog,
  links?: DashboardLinks,
): ReadonlyMap<string, string> {
  return files(catalog, links, forImportByHand);
}

/** The generated files of this workspace: path within the repository, and content. */
export function generate(): ReadonlyMap<string, string> {
  return new Map(
    [...dashboardFiles(DEFAULT_CATALOG)].map(([file, content]) => [`dashboards/generated/${file}`, content]),
  );
}
