import { EXAMPLE_LINKS, type Links } from "./links.ts";
import { localRouting, productionRouting } from "./routing.ts";
import { ruleTestFile } from "./rule-tests.ts";
import { ruleFile } from "./rules.ts";
import type { Alert } from "./symptoms/alert.ts";
import { SYMPTOMS } from "./symptoms.ts";

export { ALERT_RULES } from "./alert-rules.ts";
export { EXAMPLE_LINKS, type Links, panelUrl, runbookFile, runbookUrl } from "./links.ts";
export { alertingRule, type RuleGroup, recordingGroup } from "./rules.ts";
export type { Alert } from "./symptoms/alert.ts";
export type { AlertCases, FiringCase, SilentCase } from "./symptoms/alert-case.ts";
export type { AlertRule } from "./symptoms/alert-rule.ts";
export type { Cause, Check, Runbook } from "./symptoms/runbook.ts";
export type { Symptom } from "./symptoms/symptom.ts";
export { WS_AUTH_CLOSE_SPIKE } from "./symptoms/ws-auth-close-spike/alert.ts";
export { SYMPTOMS } from "./symptoms.ts";

/** Every alert. */
export const ALERTS: readonly Alert[] = SYMPTOMS.map(({ alert }) => alert);

/** What a deployment loads into Prometheus and Alertmanager: file name and content. */
export function alertingFiles(links: Links): ReadonlyMap<string, string> {
  return new Map([
    ["rules.yml", ruleFile(ALERTS, links)],
    ["rules.test.yml", ruleTestFile(SYMPTOMS, links)],
    ["alertmanager.yml", productionRouting()],
  ]);
}

/** The generated files of this workspace: path within the repository, and content. */
export function generate(): ReadonlyMap<string, string> {
  const files = [...alertingFiles(EXAMPLE_LINKS), ["alertmanager.local.yml", localRouting()] as const];
  return new Map(files.map(([file, content]) => [`alerts/generated/${file}`, content]));
}
