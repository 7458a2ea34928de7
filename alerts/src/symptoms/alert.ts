import type { AlertName, Period } from "@sockscope/catalog";
import type { DashboardSpec, PanelSpec } from "@sockscope/dashboards";
import type { Expression } from "@sockscope/promql";
import type { Side } from "../numerator.ts";

/**
 * When somebody is told of a symptom, and what. A symptom may have several rules: of another severity, over another window, on
 * other evidence.
 */
export interface AlertRule {
  /** `page` wakes somebody up, `ticket` waits for the morning, `none` is for machines. */
  readonly severity: "page" | "ticket" | "none";
  /** What tells this rule from the symptom's others. Never a value, which would make every evaluation a new alert. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Fires for every series of the result. */
  readonly expression: Expression;
  /** How long the expression must hold; without it, the alert fires at once. */
  readonly holds?: Period;
  /** How long it goes on firing when the expression no longer holds; without it, not at all. */
  readonly keepFiringFor?: Period;
  /** Whom it is about, since when, and how bad it is; may use Prometheus' templates, as in {@link SHARE}. */
  readonly description: string;
  /**
   * Which others say nothing while it fires: alerts by name, or those whose numerator browsers or chat servers count, all of them or
   * their tickets. Default: none. That a page inhibits the tickets of its own symptom goes without saying.
   */
  readonly inhibits?: readonly AlertName[] | { readonly countedBy: Side; readonly severity?: "ticket" };
  /** Where to look first. */
  readonly panel: { readonly dashboard: DashboardSpec; readonly panel: PanelSpec };
}

/** A rule with what it has of its symptom. */
export interface Alert extends AlertRule {
  readonly name: AlertName;
  readonly summary: string;
}

/** In a description: the expression's value, a fraction of one, as a percentage. */
export const SHARE = "{{ $value | humanizePercentage }}";

/** In a description: the expression's value, a number of events. The increase of one is not a whole number, and is said as one. */
export const AMOUNT = `{{ $value | printf "%.0f" }}`;

/** In a description: the app that the alert is about. */
export const APP = "{{ $labels.app }}";

/** In a description: the job that the alert is about. */
export const JOB = "{{ $labels.job }}";
