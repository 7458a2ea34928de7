import type { RuleGroup } from "@sockscope/alerts";
import { recordingGroups } from "../rule-groups.test-support.ts";
import type { AlertScenario } from "../scenarios.test-support.ts";
import { marked, type PromtoolTest, type Suspect } from "./judged-together.test-support.ts";
import type { FiledRule } from "./rule-mutants.test-support.ts";

type Expected = AlertScenario["alert_rule_test"][number];

/** Whether an alert that a test expects is this rule's: no two rules of an alert have the same labels. */
function isOf({ labels }: FiledRule, exp_labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([label, value]) => exp_labels[label] === value);
}

/** What a test expects of one rule of its alert, under the suspect's name. */
function expectedOf(right: FiledRule, suspect: number, test: Expected): Expected {
  return {
    ...test,
    alertname: marked(right.alert, suspect),
    exp_alerts: test.exp_alerts.filter(({ exp_labels }) => isOf(right, exp_labels)),
  };
}

/**
 * A rule in place of the right one, to be judged by tests of the right one.
 *
 * @param isTold whether tests say what the reader is told: the description. The other annotations of a test are the rule's own,
 *   and would prove nothing
 */
export function alertSuspect(
  right: FiledRule,
  wrong: FiledRule,
  suspect: number,
  isTold: boolean,
  recorded: readonly RuleGroup[] = recordingGroups([{ promql: wrong.expr }]),
): Suspect {
  const { annotations, ...rule } = wrong;
  const told = isTold ? { annotations: { description: annotations["description"] } } : {};
  const named = { ...rule, ...told, alert: marked(right.alert, suspect) };
  return {
    groups: [...recorded, { name: "sockscope.alerts", rules: [named] }],
    test: (test) => {
      const about = (test as unknown as AlertScenario).alert_rule_test ?? [];
      const own = about.filter(({ alertname }) => alertname === right.alert);
      if (own.length === 0) return undefined;
      return { ...test, alert_rule_test: own.map((one) => expectedOf(right, suspect, one)) } as PromtoolTest;
    },
  };
}
