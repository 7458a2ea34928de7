import { CONNECTIONS } from "./connections.ts";
import { buildDashboard, type DashboardSpec } from "./dashboard.ts";

export { AFFECTED_SESSIONS_PANEL, CLOSE_CODES_PANEL } from "./connections/ends.ts";
export { CONNECTIONS } from "./connections.ts";
export { buildDashboard, type DashboardSpec } from "./dashboard.ts";
export type { PanelSpec } from "./panel.ts";

/** Every dashboard. */
export const DASHBOARDS: readonly DashboardSpec[] = [CONNECTIONS];

/** Every dashboard as Grafana imports it: file name and content. */
export function dashboardFiles(): ReadonlyMap<string, string> {
  return new Map(
    DASHBOARDS.map((spec) => [`${spec.uid}.json`, `${JSON.stringify(buildDashboard(spec), null, 2)}\n`]),
  );
}

/** The generated files of this workspace: path within the repository, and content. */
export function generate(): ReadonlyMap<string, string> {
  return new Map([...dashboardFiles()].map(([file, content]) => [`dashboards/generated/${file}`, content]));
}
