import {
  healthyChat,
  LOOKED_AT,
  type Question,
  questionsOf,
  type Runbook,
  type RunbookCases,
  SHARED_CASES,
  SYMPTOMS,
} from "@sockscope/alerts";
import { describe, expect, it } from "vitest";
import { testRules } from "../testing/promtool.test-support.ts";
import { recordingGroups } from "../testing/rule-groups.test-support.ts";

type Series = Readonly<Record<string, string>>;

const WRITTEN = SYMPTOMS.flatMap(({ name, runbook, runbookCases }) =>
  runbook === undefined ? [] : [{ name, runbook, cases: runbookCases }],
);

/** One value where an answer of the question lies outside of what is healthy, else nothing. */
function isUnhealthy({ query, healthy: { least, most }, withoutSeries }: Question): string {
  const beyond = [
    ...(most === undefined ? [] : [`((${query.promql}) > ${most})`]),
    ...(least === undefined ? [] : [`((${query.promql}) < ${least})`]),
  ].join(" or ");
  const outside = `(vector(1) and on () (${beyond}))`;
  return withoutSeries.verdict === "unhealthy" ? `${outside} or ${isSilent({ query })}` : outside;
}

/** One value where the query has no answer, else nothing. */
function isSilent({ query }: Pick<Question, "query">): string {
  return `(vector(1) unless on () (${query.promql}))`;
}

/** What the question does not say. */
function unsaid({ withoutSeries, ...question }: Question): string {
  const unhealthy = isUnhealthy({ ...question, withoutSeries });
  return withoutSeries.verdict === "healthy" ? unhealthy : `${unhealthy} or ${isSilent(question)}`;
}

function promqlTest(name: string, series: Series, expr: string, holds: boolean): object {
  return {
    name,
    interval: "1m",
    input_series: Object.entries(series).map(([of, values]) => ({ series: of, values })),
    promql_expr_test: [
      { expr, eval_time: `${LOOKED_AT}m`, exp_samples: holds ? [{ labels: "{}", value: 1 }] : [] },
    ],
  };
}

function brokenFor(id: string, cases: RunbookCases | undefined): Series | undefined {
  return cases?.broken[id] ?? SHARED_CASES[id];
}

describe.each(WRITTEN)(
  "$name",
  ({ runbook, cases }: { runbook: Runbook; cases?: RunbookCases | undefined }) => {
    const questions = questionsOf(runbook);
    const groups = recordingGroups(questions.map(({ query }) => query));

    it("calls a healthy chat healthy, in every answer", async () => {
      const tests = questions.map((question) =>
        promqlTest(question.id, healthyChat(), unsaid(question), false),
      );
      const { passed, output } = await testRules(groups, tests);
      expect(passed, output).toBe(true);
    });

    it("has a case for each question, and none for another", () => {
      const ids = questions.map(({ id }) => id);
      expect(ids.filter((id) => brokenFor(id, cases) === undefined)).toEqual([]);
      expect(Object.keys(cases?.broken ?? {}).filter((id) => !ids.includes(id))).toEqual([]);
    });

    it("says of each question's fault that it is there", async () => {
      const tests = questions.flatMap((question) => {
        const broken = brokenFor(question.id, cases);
        if (broken === undefined) return [];
        return [promqlTest(question.id, { ...healthyChat(), ...broken }, isUnhealthy(question), true)];
      });
      const { passed, output } = await testRules(groups, tests);
      expect(passed, output).toBe(true);
    });
  },
);
