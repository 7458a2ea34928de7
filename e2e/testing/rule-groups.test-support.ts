import type { AlertRule } from "@sockscope/alerts";
import { RECORDING_GROUPS, type RecordingRule } from "@sockscope/slo";

/** A group of a Prometheus rule file. */
export interface RuleGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly object[];
}

function alertingRule({ name, severity, expression, holds, keepFiringFor, labels }: AlertRule): object {
  return {
    alert: name,
    expr: expression.promql,
    ...(holds === undefined ? {} : { for: holds }),
    ...(keepFiringFor === undefined ? {} : { keep_firing_for: keepFiringFor }),
    labels: { severity, ...labels },
  };
}

/** The recording rules that one of the expressions reads, in their groups; no recording rule reads another. */
export function recordingGroups(expressions: readonly { readonly promql: string }[]): RuleGroup[] {
  const isRead = ({ record }: RecordingRule) =>
    expressions.some(({ promql }) => new RegExp(`(?<![\\w:])${record}(?![\\w:])`).test(promql));
  return RECORDING_GROUPS.map(({ rules, ...group }) => ({
    ...group,
    rules: rules.filter(isRead).map(({ record, expression }) => ({ record, expr: expression.promql })),
  })).filter(({ rules }) => rules.length > 0);
}

/** What Prometheus has to evaluate for these alerts, in this order; others would only cost time. */
export function ruleGroups(alerts: readonly AlertRule[]): RuleGroup[] {
  const recording = recordingGroups(alerts.map(({ expression }) => expression));
  return [...recording, { name: "sockscope.alerts", rules: alerts.map(alertingRule) }];
}
