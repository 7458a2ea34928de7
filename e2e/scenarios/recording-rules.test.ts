import { expect, it } from "vitest";
import { testRules } from "../testing/promtool.test-support.ts";
import { recordingGroups } from "../testing/rule-groups.test-support.ts";
import { readScenarios } from "../testing/scenarios.test-support.ts";
import { type InputSeries, problemsOf } from "../testing/series.test-support.ts";

interface RecordingScenario {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly InputSeries[];
  readonly promql_expr_test: readonly { readonly expr: string }[];
}

const SCENARIOS = readScenarios<RecordingScenario>("recording-rules.yml");

it("the scenarios are made of series that the catalog knows, with all their labels", () => {
  expect(problemsOf(SCENARIOS.map(({ input_series }) => input_series))).toEqual([]);
});

it.each(SCENARIOS)("$name", async (scenario) => {
  const groups = recordingGroups(scenario.promql_expr_test.map(({ expr }) => ({ promql: expr })));
  const { passed, output } = await testRules(groups, [scenario], scenario.interval);
  expect(passed, output).toBe(true);
});
