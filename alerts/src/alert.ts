import type { DashboardSpec, PanelSpec } from "@sockscope/dashboards";
import type { Expression } from "@sockscope/promql";

/** `page` wakes somebody up; `ticket` waits for the morning. */
export type Severity = "page" | "ticket";

/** Series that promtool makes up, and whether the alert fires on them. */
export interface AlertTest {
  readonly title: string;
  /** Series in promtool's notation, one sample a minute: `{ 'up{job="chat"}': "1x10 0x5" }`. */
  readonly series: Readonly<Record<string, string>>;
  /** When to look, as a PromQL duration from the start. */
  readonly at: string;
  /** The alerts that fire then; empty when none may. */
  readonly firing: readonly {
    /** Without `alertname` and `severity`. */
    readonly labels: Readonly<Record<string, string>>;
    /** The alert's description as its reader gets it. */
    readonly description: string;
  }[];
}

/** A symptom that somebody has to act on. */
export interface Alert {
  /** PascalCase, starts with `Ws`, names the symptom. */
  readonly name: string;
  readonly severity: Severity;
  /** Fires for every series of the result, one per combination of its labels. */
  readonly expression: Expression;
  /** How long the expression must hold, as a PromQL duration. */
  readonly holds: string;
  /** One static sentence: what users feel. */
  readonly summary: string;
  /** May use Prometheus' templates: `{{ $labels.app }}`, `{{ $value | humanizePercentage }}`. */
  readonly description: string;
  /** Where to look first. */
  readonly panel: { readonly dashboard: DashboardSpec; readonly panel: PanelSpec };
  /** At least one that fires and one that does not. */
  readonly tests: readonly AlertTest[];
}
