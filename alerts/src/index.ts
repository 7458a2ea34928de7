import type { Alert } from "./alert.ts";
import { WS_AUTH_CLOSE_SPIKE } from "./alerts/ws-auth-close-spike.ts";
import { localRouting, productionRouting } from "./routing.ts";
import { ruleTestFile } from "./rule-tests.ts";
import { ruleFile } from "./rules.ts";

export type { Alert, AlertTest, Severity } from "./alert.ts";
export { WS_AUTH_CLOSE_SPIKE } from "./alerts/ws-auth-close-spike.ts";
export { panelUrl, runbookUrl } from "./links.ts";

/** Every alert. */
export const ALERTS: readonly Alert[] = [WS_AUTH_CLOSE_SPIKE];

/** The generated files of this workspace: path within the repository, and content. */
export function generate(): ReadonlyMap<string, string> {
  return new Map([
    ["alerts/generated/rules.yml", ruleFile(ALERTS)],
    ["alerts/generated/rules.test.yml", ruleTestFile(ALERTS)],
    ["alerts/generated/alertmanager.yml", productionRouting()],
    ["alerts/generated/alertmanager.local.yml", localRouting()],
  ]);
}
