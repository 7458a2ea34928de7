import type { AlertName, Period } from "@sockscope/catalog";
import type { Expression } from "@sockscope/promql";

/** When an alert fires. An alert may have several rules: of another severity, over another window, on other evidence. */
export interface AlertRule {
  /** The alert's name, PascalCase, written out so that grep finds it. */
  readonly name: AlertName;
  /** One static sentence: what users feel, or what is wrong. */
  readonly summary: string;
  /** `page` wakes somebody up, `ticket` waits for the morning, `none` is for machines. */
  readonly severity: "page" | "ticket" | "none";
  /** Fires for every series of the result. */
  readonly expression: Expression;
  /** How long the expression must hold; without it, the alert fires at once. */
  readonly holds?: Period;
  /** How long it goes on firing when the expression no longer holds; without it, not at all. */
  readonly keepFiringFor?: Period;
  /** What tells this rule from the alert's others. Never a value, which would make every evaluation a new alert. */
  readonly labels?: Readonly<Record<string, string>>;
}
