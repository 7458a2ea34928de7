import { ALERTS } from "@sockscope/alerts";
import { describe, expect, it } from "vitest";
import { checkRules, testRules } from "../testing/promtool.test-support.ts";
import { ruleGroups } from "../testing/rule-groups.test-support.ts";
import { type AlertScenario, readScenarios } from "../testing/scenarios.test-support.ts";
import { problemsOf } from "../testing/series.test-support.ts";

const SCENARIOS = ["alerts.yml", "alert-limits.yml"].flatMap((file) => readScenarios<AlertScenario>(file));

const NAMES = [...new Set(ALERTS.map(({ name }) => name))];

function rulesOf(name: string) {
  return ALERTS.filter((rule) => rule.name === name);
}

function scenariosOf(name: string) {
  return SCENARIOS.filter(({ alert_rule_test }) =>
    alert_rule_test.some(({ alertname }) => alertname === name),
  );
}

describe("scenarios", () => {
  it("are made of series that the catalog knows, with all their labels", () => {
    expect(problemsOf(SCENARIOS.map(({ input_series }) => input_series))).toEqual([]);
  });

  it("are each about one alert that there is", () => {
    for (const { name, alert_rule_test } of SCENARIOS) {
      const about = new Set(alert_rule_test.map(({ alertname }) => alertname));
      expect(about.size, name).toBe(1);
      expect(NAMES, name).toEqual(expect.arrayContaining([...about]));
    }
  });

  it("make every rule fire at least once", () => {
    const fired = SCENARIOS.flatMap(({ alert_rule_test }) =>
      alert_rule_test.flatMap(({ alertname, exp_alerts }) =>
        exp_alerts.map(({ exp_labels }) => ({ alertname, ...exp_labels })),
      ),
    );
    for (const { name, severity, labels } of ALERTS) {
      expect(fired).toContainEqual(expect.objectContaining({ alertname: name, severity, ...labels }));
    }
  });

  it("make every alert but the watchdog stay silent at least once", () => {
    for (const name of NAMES.filter((alert) => alert !== "Watchdog")) {
      const tests = scenariosOf(name).flatMap(({ alert_rule_test }) => alert_rule_test);
      expect(
        tests.some(({ exp_alerts }) => exp_alerts.length === 0),
        name,
      ).toBe(true);
    }
  });
});

it("promtool accepts the rules of all alerts together", async () => {
  const { passed, output } = await checkRules(ruleGroups(ALERTS));
  expect(passed, output).toBe(true);
});

describe.each(NAMES)("%s", (alert) => {
  // promtool takes a core for itself, and a machine has several.
  it.concurrent.each(scenariosOf(alert))("$name", async (scenario) => {
    const { passed, output } = await testRules(ruleGroups(rulesOf(alert)), [scenario]);
    expect(passed, output).toBe(true);
  });
});
