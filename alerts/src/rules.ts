import { RECORDING_GROUPS, type RecordingGroup } from "@sockscope/slo";
import { stringify } from "yaml";
import { type Links, panelUrlOfApp, runbookUrl } from "./links.ts";
import type { Alert } from "./symptoms/alert.ts";

/** The head of every generated YAML file. */
export const GENERATED_NOTICE = "# Generated. Change the source or the configuration, not this file.\n";

/** The group of all alerts. */
export const ALERT_GROUP = "sockscope.alerts";

/** In the order in which what is recorded is read; promtool evaluates groups in any order unless it is told. */
export const GROUP_ORDER: readonly string[] = [...RECORDING_GROUPS.map(({ name }) => name), ALERT_GROUP];

/** The annotations that a pager shows and that Grafana turns into links. */
export function annotations(alert: Alert, links: Links): Record<string, string> {
  return {
    summary: alert.summary,
    description: alert.description,
    runbook_url: runbookUrl(alert, links),
    dashboard_url: panelUrlOfApp(alert, links),
    __dashboardUid__: alert.panel.dashboard.uid,
    __panelId__: String(alert.panel.panel.id),
  };
}

/** A rule as a Prometheus rule file has it, without what its reader is told. */
export function alertingRule({ name, severity, labels, expression, holds, keepFiringFor }: Alert): object {
  return {
    alert: name,
    expr: expression.promql,
    ...(holds === undefined ? {} : { for: holds }),
    ...(keepFiringFor === undefined ? {} : { keep_firing_for: keepFiringFor }),
    labels: { severity, ...labels },
  };
}

/** A group of a Prometheus rule file. */
export interface RuleGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly object[];
}

/** A group of recording rules as a Prometheus rule file has it. */
export function recordingGroup({ name, interval, rules }: RecordingGroup): RuleGroup {
  return {
    name,
    ...(interval === undefined ? {} : { interval }),
    rules: rules.map(({ record, expression }) => ({ record, expr: expression.promql })),
  };
}

/** What Prometheus evaluates, in this order: what is recorded, then what is alerted on. */
export function ruleGroups(
  recorded: readonly RecordingGroup[],
  alerts: readonly Alert[],
  links: Links,
): readonly RuleGroup[] {
  return [
    ...recorded.map(recordingGroup),
    {
      name: ALERT_GROUP,
      rules: alerts.map((alert) => ({ ...alertingRule(alert), annotations: annotations(alert, links) })),
    },
  ];
}

/** A Prometheus rule file. */
export function ruleFile(groups: readonly RuleGroup[]): string {
  return GENERATED_NOTICE + stringify({ groups }, { lineWidth: 0 });
}
