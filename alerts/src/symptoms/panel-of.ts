import { type DashboardSpec, panelsOf } from "@sockscope/dashboards";
import type { Alert } from "./alert.ts";

/**
 * A panel of a dashboard, as an alert leads to it.
 *
 * @throws RangeError when the dashboard does not have it: a fault of the alert's
 */
export function panelOf(dashboard: DashboardSpec, id: number): Alert["panel"] {
  const panel = panelsOf(dashboard).find((candidate) => candidate.id === id);
  if (panel === undefined) throw new RangeError(`${dashboard.uid} has no panel ${id}`);
  return { dashboard, panel };
}
