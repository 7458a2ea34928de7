import { ALERTS, alertingRule } from "@sockscope/alerts";
import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { type RecordingRule, recordingGroups } from "@sockscope/slo";
import type { AlertScenario } from "../scenarios.test-support.ts";
import { marked, type PromtoolTest, type Suspect } from "./judged-together.test-support.ts";

/** A recording rule as its group has it. */
export interface FiledRecording {
  readonly group: { readonly name: string; readonly interval?: string };
  readonly rule: RecordingRule;
}

/** Every recording rule. */
export const RECORDINGS: readonly FiledRecording[] = recordingGroups(DEFAULT_CATALOG).flatMap(
  ({ rules, ...group }) => rules.map((rule) => ({ group, rule })),
);

function mention(record: string): RegExp {
  return new RegExp(`(?<![\\w:])${record}(?![\\w:])`, "g");
}

/** Whether something says the name of a recorded series. */
export function mentions(record: string, what: unknown): boolean {
  return JSON.stringify(what).search(mention(record)) !== -1;
}

function renamed<T>(what: T, record: string, to: string): T {
  return JSON.parse(JSON.stringify(what).replaceAll(mention(record), to)) as T;
}

function groupsOf({ group }: FiledRecording, expr: string, name: string): Suspect["groups"] {
  return [{ ...group, rules: [{ record: name, expr }] }];
}

/** An expression in place of a recording rule's, to be judged by tests of what is recorded. */
export function recordedSuspect(filed: FiledRecording, expr: string, suspect: number): Suspect {
  const { record } = filed.rule;
  const name = marked(record, suspect);
  return {
    groups: groupsOf(filed, expr, name),
    test: ({ promql_expr_test = [], alert_rule_test: _, ...test }) => {
      const own = promql_expr_test.filter((one) => mentions(record, (one as { expr: string }).expr));
      if (own.length === 0) return undefined;
      return { ...test, promql_expr_test: own.map((one) => renamed(one, record, name)) };
    },
  };
}

/** The same, to be judged by tests of the alerts that read it. */
export function readSuspect(
  filed: FiledRecording,
  expr: string,
  suspect: number,
  others: Suspect["groups"],
): Suspect {
  const { record } = filed.rule;
  const name = marked(record, suspect);
  const readers = ALERTS.filter(({ expression }) => mentions(record, expression.promql));
  const rules = readers.map((alert) => ({
    ...renamed(alertingRule(alert), record, name),
    alert: marked(alert.name, suspect),
  }));
  const isReaders = (labels: Readonly<Record<string, string>>, alertname: string) =>
    readers.some(
      (alert) =>
        alert.name === alertname &&
        Object.entries({ severity: alert.severity, ...alert.labels }).every(
          ([label, value]) => labels[label] === value,
        ),
    );
  return {
    groups: [...groupsOf(filed, expr, name), ...others, { name: "sockscope.alerts", rules }],
    test: (test) => {
      const own = ((test as unknown as AlertScenario).alert_rule_test ?? []).filter(({ alertname }) =>
        readers.some((alert) => alert.name === alertname),
      );
      if (own.length === 0) return undefined;
      return {
        ...test,
        alert_rule_test: own.map((one) => ({
          ...one,
          alertname: marked(one.alertname, suspect),
          exp_alerts: one.exp_alerts.filter(({ exp_labels }) => isReaders(exp_labels, one.alertname)),
        })),
      } as PromtoolTest;
    },
  };
}
