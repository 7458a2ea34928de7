import { type Alert, alertingRule, type RuleGroup, recordingGroup } from "@sockscope/alerts";
import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { type RecordingRule, recordingGroups as recordingGroupsOf } from "@sockscope/slo";

/** The recording rules that one of the expressions reads, in their groups; no recording rule reads another. */
export function recordingGroups(
  expressions: readonly { readonly promql: string }[],
  catalog: Catalog = DEFAULT_CATALOG,
): RuleGroup[] {
  const isRead = ({ record }: RecordingRule) =>
    expressions.some(({ promql }) => new RegExp(`(?<![\\w:])${record}(?![\\w:])`).test(promql));
  return recordingGroupsOf(catalog)
    .map(({ rules, ...group }) => ({ ...group, rules: rules.filter(isRead) }))
    .filter(({ rules }) => rules.length > 0)
    .map(recordingGroup);
}

/** What Prometheus has to evaluate for these alerts, in this order; others would only cost time. */
export function ruleGroups(alerts: readonly Alert[], catalog: Catalog = DEFAULT_CATALOG): RuleGroup[] {
  const recording = recordingGroups(
    alerts.map(({ expression }) => expression),
    catalog,
  );
  return [...recording, { name: "sockscope.alerts", rules: alerts.map(alertingRule) }];
}
