import type { DashboardSpec, PanelSpec } from "@sockscope/dashboards";
import type { AlertRule } from "./alert-rule.ts";

/** A rule with what its reader is told. */
export interface Alert extends AlertRule {
  /** May use Prometheus' templates: `{{ $labels.app }}`, `{{ $value | humanizePercentage }}`. */
  readonly description: string;
  /** Where to look first. */
  readonly panel: { readonly dashboard: DashboardSpec; readonly panel: PanelSpec };
}
