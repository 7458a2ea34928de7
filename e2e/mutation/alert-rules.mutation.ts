import { describe, expect, it } from "vitest";
import { alertSuspect } from "../testing/mutants/alert-suspects.test-support.ts";
import { FILED_RULES, OWN_CASES, ruleTitle } from "../testing/mutants/filed-rules.test-support.ts";
import { shortFirst } from "../testing/mutants/judged-together.test-support.ts";
import { type FiledRule, ruleMutants } from "../testing/mutants/rule-mutants.test-support.ts";
import { ALL_WELL, judge, type Stage, unknownAccepted } from "../testing/mutants/survivors.test-support.ts";
import { type AlertScenario, readScenarios } from "../testing/scenarios.test-support.ts";

const SCENARIOS = ["alerts.yml", "alert-limits.yml"].flatMap((file) => readScenarios<AlertScenario>(file));

function about({ alert }: FiledRule, tests: readonly AlertScenario[]): readonly AlertScenario[] {
  return tests.filter(({ alert_rule_test }) => alert_rule_test.some(({ alertname }) => alertname === alert));
}

/** An alert's own cases, which are short and say what its reader is told, and then the scenarios. */
function stagesOf(right: FiledRule): readonly Stage<FiledRule>[] {
  const suspect = (isTold: boolean) => (rule: FiledRule, number: number) =>
    alertSuspect(right, rule, number, isTold);
  return [
    { tests: about(right, OWN_CASES), suspect: suspect(true) },
    ...shortFirst(about(right, SCENARIOS)).map((tests) => ({ tests, suspect: suspect(false) })),
  ];
}

const EACH = FILED_RULES.map(({ rule, node }) => ({
  title: ruleTitle(rule),
  rule,
  mutants: ruleMutants(rule, node),
}));

describe.concurrent.each(EACH)("$title", ({ title, rule, mutants }) => {
  it("is noticed wherever it is wrong", async () => {
    expect(unknownAccepted(title, mutants)).toEqual([]);
    expect(await judge(title, rule, mutants, stagesOf(rule))).toEqual(ALL_WELL);
  });
});
