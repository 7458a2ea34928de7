import { allTargets, DEFAULT_CATALOG } from "@sockscope/catalog";
import { SLIS, type Sli } from "@sockscope/slo";
import { describe, expect, it } from "vitest";
import { testRules } from "../testing/promtool.test-support.ts";
import { recordingGroups } from "../testing/rule-groups.test-support.ts";
import { readScenarios } from "../testing/scenarios.test-support.ts";
import { type InputSeries, problemsOf } from "../testing/series.test-support.ts";

interface TargetCase {
  readonly target: string;
  readonly interval: string;
  readonly at: string;
  readonly met: readonly InputSeries[];
  readonly missed: readonly InputSeries[];
}

const CASES = readScenarios<TargetCase>("targets.yml");

function sliOf(id: string): Sli {
  const sli = SLIS.find(({ target }) => target.id === id);
  if (sli === undefined) throw new Error(`No SLI measures ${id}.`);
  return sli;
}

/** Whether the SLI has a value on these series, and whether it meets the target, as promtool evaluates them. */
function judge({ target, interval, at }: TargetCase, series: readonly InputSeries[], met: boolean) {
  const sli = sliOf(target);
  const one = [{ labels: "{}", value: 1 }];
  return testRules(
    recordingGroups([sli.met]),
    [
      {
        interval,
        input_series: series,
        promql_expr_test: [
          { expr: `count(${sli.value.promql})`, eval_time: at, exp_samples: one },
          { expr: `count(${sli.met.promql})`, eval_time: at, exp_samples: met ? one : [] },
        ],
      },
    ],
    interval,
  );
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
