import { alerts } from "@sockscope/alerts";
import { createCatalog } from "@sockscope/catalog";
import { expect, it } from "vitest";
import { checkRules, testRules } from "../testing/promtool.test-support.ts";
import { ruleGroups } from "../testing/rule-groups.test-support.ts";
import { type AlertScenario, readScenarios } from "../testing/scenarios.test-support.ts";
import { problemsOf } from "../testing/series.test-support.ts";

const CATALOG = createCatalog({ environmentLabels: ["cluster"] });
const RULES = alerts(CATALOG);
const SCENARIOS = readScenarios<AlertScenario>("environments.yml");

it("the scenarios are made of series that the catalog knows, with all their labels and the environment's", () => {
  const series = SCENARIOS.map(({ input_series }) => input_series);
  expect(problemsOf(series, CATALOG.environmentLabels)).toEqual([]);
});

it("promtool accepts the rules of several environments", async () => {
  const { passed, output } = await checkRules(ruleGroups(RULES, CATALOG));
  expect(passed, output).toBe(true);
});

it.each(SCENARIOS)("$name", async (scenario) => {
  const about = new Set(scenario.alert_rule_test.map(({ alertname }) => alertname));
  const rules = RULES.filter(({ name }) => about.has(name));
  const { passed, output } = await testRules(ruleGroups(rules, CATALOG), [scenario], scenario.interval);
  expect(passed, output).toBe(true);
});
