import { localRouting, productionRouting } from "./routing.ts";
import { ruleTestFile } from "./rule-tests.ts";
import { ruleFile } from "./rules.ts";
import type { Alert } from "./symptoms/alert.ts";
import { SYMPTOMS } from "./symptoms.ts";

export { ALERT_RULES } from "./alert-rules.ts";
export { panelUrl, runbookUrl } from "./links.ts";
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

/** The generated files of this workspace: path within the repository, and content. */
export function generate(): ReadonlyMap<string, string> {
  return new Map([
    ["alerts/generated/rules.yml", ruleFile(ALERTS)],
    ["alerts/generated/rules.test.yml", ruleTestFile(SYMPTOMS)],
    ["alerts/generated/alertmanager.yml", productionRouting()],
    ["alerts/generated/alertmanager.local.yml", localRouting()],
  ]);
}
