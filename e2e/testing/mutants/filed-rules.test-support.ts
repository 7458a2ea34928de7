import { readFileSync } from "node:fs";
import { ALERTS } from "@sockscope/alerts";
import type { PromqlNode } from "@sockscope/promql";
import { parse } from "yaml";
import type { AlertScenario } from "../scenarios.test-support.ts";
import type { FiledRule } from "./rule-mutants.test-support.ts";

function readGenerated<T>(file: string): T {
  return parse(readFileSync(new URL(`../../../alerts/generated/${file}`, import.meta.url), "utf8")) as T;
}

/** A rule as it is generated, and the expression that its text is of. */
export interface GeneratedRule {
  readonly rule: FiledRule;
  readonly node: PromqlNode;
}

function withNodes(rules: readonly FiledRule[]): readonly GeneratedRule[] {
  return rules.map((rule, index) => {
    const expression = ALERTS[index]?.expression;
    if (expression?.promql !== rule.expr.trimEnd()) throw new Error(`${rule.alert} is not generated anew.`);
    return { rule, node: expression.node };
  });
}

/** Every alerting rule as Prometheus gets it. */
export const FILED_RULES: readonly GeneratedRule[] = withNodes(
  readGenerated<{ groups: { rules: object[] }[] }>("rules.yml")
    .groups.flatMap(({ rules }) => rules)
    .filter((rule): rule is FiledRule => "alert" in rule),
);

type OwnCase = Omit<AlertScenario, "alert_rule_test"> & {
  readonly alert_rule_test: readonly {
    readonly exp_alerts: readonly {
      readonly exp_labels: Readonly<Record<string, string>>;
      readonly exp_annotations: Readonly<Record<string, string>>;
    }[];
  }[];
};

/** What each alert's own cases expect, without the annotations that a test has from the rule itself. */
export const OWN_CASES = readGenerated<{ tests: OwnCase[] }>("rules.test.yml").tests.map((test) => ({
  ...test,
  alert_rule_test: test.alert_rule_test.map((one) => ({
    ...one,
    exp_alerts: one.exp_alerts.map(({ exp_labels, exp_annotations: { description } }) => ({
      exp_labels,
      exp_annotations: { description },
    })),
  })),
})) as unknown as readonly AlertScenario[];

/** A rule in words: its name, and what tells it from the alert's others. */
export function ruleTitle({ alert, labels }: FiledRule): string {
  return [alert, ...Object.values(labels)].join(" ");
}
