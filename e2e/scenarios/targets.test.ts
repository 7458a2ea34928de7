import { allTargets, DEFAULT_CATALOG } from "@sockscope/catalog";
import { SLIS } from "@sockscope/slo";
import { describe, expect, it } from "vitest";
import { testRules } from "../testing/promtool.test-support.ts";
import { recordingGroups } from "../testing/rule-groups.test-support.ts";
import { readScenarios } from "../testing/scenarios.test-support.ts";
import { type InputSeries, problemsOf } from "../testing/series.test-support.ts";
import { sliOf, type TargetCase, targetTest } from "../testing/target-tests.test-support.ts";

const CASES = readScenarios<TargetCase>("targets.yml");

function judge(target: TargetCase, series: readonly InputSeries[], met: boolean) {
  const sli = sliOf(target.target);
  return testRules(recordingGroups([sli.met]), [targetTest(target, sli, series, met)], target.interval);
}

it("every target has an SLI and a case, in the catalog's order", () => {
  const ids = allTargets(DEFAULT_CATALOG.targets).map(({ id }) => id);
  expect(SLIS.map(({ target }) => target.id)).toEqual(ids);
  expect(CASES.map(({ target }) => target)).toEqual(ids);
});

it("the cases are made of series that the catalog knows, with all their labels", () => {
  expect(problemsOf(CASES.flatMap(({ met, missed }) => [met, missed]))).toEqual([]);
});

describe.each(CASES)("$target", (target) => {
  it("is met where it is just met", async () => {
    const { passed, output } = await judge(target, target.met, true);
    expect(passed, output).toBe(true);
  });

  it("is missed where it is just missed", async () => {
    const { passed, output } = await judge(target, target.missed, false);
    expect(passed, output).toBe(true);
  });
});
