import { CONNECTIONS } from "./connections.ts";
import { buildDashboard, type DashboardSpec } from "./dashboard.ts";

export { CLOSE_CODES_PANEL, CONNECTIONS } from "./connections.ts";
export { buildDashboard, type DashboardSpec } from "./dashboard.ts";
export type { PanelSpec } from "./panel.ts";

/** Every dashboard. */
export const DASHBOARDS: readonly DashboardSpec[] = [CONNECTIONS];

/** The generated files of this workspace: path within the repository, and content. */
export function generate(): ReadonlyMap<string, string> {
  return new Map(
    DASHBOARDS.map((spec) => [
      `dashboards/generated/${spec.uid}.json`,
      `${JSON.stringify(buildDashboard(spec), null, 2)}\n`,
    ]),
  );
}
