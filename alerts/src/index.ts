import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { recordingGroups } from "@sockscope/slo";
import { grafanaRuleFile } from "./grafana-rules.ts";
import { EXAMPLE_LINKS, type Links } from "./links.ts";
import { prometheusRuleManifest } from "./prometheus-rule.ts";
import { EXAMPLE_RECEIVERS, type Receivers } from "./receivers.ts";
import { localRouting, routing } from "./routing.ts";
import { ruleTestFile } from "./rule-tests.ts";
import { recordingGroup, ruleFile, ruleGroups } from "./rules.ts";
import { alertsOf } from "./symptoms/symptom.ts";
import { alerts, symptoms } from "./symptoms.ts";
import { whatIsGeneratedFile } from "./what-is-generated.ts";

export { alertsByCloseCode } from "./counted-codes.ts";
export { GRAFANA_DATA_SOURCE_UID } from "./grafana-rules.ts";
export { type Inhibition, inhibitions } from "./inhibition.ts";
export { EXAMPLE_LINKS, type Links, panelUrl, runbookFile, runbookUrl } from "./links.ts";
export { type Side, sideOf } from "./numerator.ts";
export { EXAMPLE_RECEIVERS, type Receiver, type Receivers } from "./receivers.ts";
export { alertingRule, GENERATED_NOTICE, type RuleGroup, recordingGroup } from "./rules.ts";
export { answerText, healthyText, unhealthyText } from "./runbook/answer-text.ts";
export { FOREIGN_METRICS } from "./runbook/metrics/foreign-metrics.ts";
export { PROMETHEUS_METRICS } from "./runbook/metrics/prometheus-metrics.ts";
export {
  healthyChat,
  PAGES as LABELS_OF_PAGES,
  server as labelsOfServer,
  target as labelsOfTarget,
} from "./runbook/proof/healthy-chat.ts";
export { SHARED_CASES } from "./runbook/proof/shared-cases.ts";
export type { AnswerUnit, CommandQuestion, Healthy, Question } from "./runbook/question.ts";
export { commandQuestionsOf, commandsOf, queriesOf, questionsOf, stepsOf } from "./runbook/questions-of.ts";
export type { Breakdown, Call, Cause, Mitigation, Platform, Role, Runbook, Step } from "./runbook/runbook.ts";
export { type AnswerCase, type HttpAnswer, LOOKED_AT, type RunbookCases } from "./runbook/runbook-cases.ts";
export {
  functionsIn,
  SHELL_FUNCTIONS,
  SHELL_VARIABLES,
  type ShellVariable,
  variablesIn,
} from "./runbook/shell.ts";
export { type Verdict, verdictOf, verdictOfCommand } from "./runbook/verdict.ts";
export type { Alert, AlertRule } from "./symptoms/alert.ts";
export type { AlertCases, Fired, FiringCase, SilentCase } from "./symptoms/alert-case.ts";
export { alertsOf, type Symptom } from "./symptoms/symptom.ts";
export { ALERTS, alerts, SYMPTOMS, symptoms } from "./symptoms.ts";
export { type WhatIsGenerated, whatIsGenerated } from "./what-is-generated.ts";

/** What a deployment loads into Prometheus and Alertmanager: file name and content. */
export function alertingFiles(
  catalog: Catalog,
  links: Links,
  receivers: Receivers,
): ReadonlyMap<string, string> {
  const told = symptoms(catalog);
  return new Map([
    ["rules.yml", ruleFile(ruleGroups(recordingGroups(catalog), alertsOf(told), links))],
    ["rules.test.yml", ruleTestFile(told, links)],
    ["alertmanager.yml", routing(catalog, receivers)],
  ]);
}

/** The same rules for the Prometheus Operator: file name and content. */
export function kubernetesFiles(catalog: Catalog, links: Links): ReadonlyMap<string, string> {
  const groups = ruleGroups(recordingGroups(catalog), alerts(catalog), links);
  return new Map([["prometheus-rule.yml", prometheusRuleManifest(groups)]]);
}

/** The same for whoever lets Grafana evaluate alerts: what Grafana provisions, and what Prometheus records for it. */
export function grafanaAlertingFiles(catalog: Catalog, links: Links): ReadonlyMap<string, string> {
  return new Map([
    ["rules.yml", grafanaRuleFile(alerts(catalog), links)],
    ["recording-rules.yml", ruleFile(recordingGroups(catalog).map(recordingGroup))],
  ]);
}

/** The generated files of this workspace: path within the repository, and content. */
export function generate(): ReadonlyMap<string, string> {
  const files = [
    ...alertingFiles(DEFAULT_CATALOG, EXAMPLE_LINKS, EXAMPLE_RECEIVERS),
    ["alertmanager.local.yml", localRouting(DEFAULT_CATALOG)] as const,
  ];
  return new Map([
    ...files.map(([file, content]) => [`alerts/generated/${file}`, content] as const),
    ["config/src/generated/what-is-generated.ts", whatIsGeneratedFile()],
  ]);
}
