import {
  healthyChat,
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
import { isSilent, isUnhealthy, promqlTest, type Series } from "./unhealthy.test-support.ts";

const WRITTEN = SYMPTOMS.map(({ name, runbook, runbookCases }) => ({ name, runbook, cases: runbookCases }));

/** What the question does not say. */
function unsaid({ withoutSeries, ...question }: Question): string {
  const unhealthy = isUnhealthy({ ...question, withoutSeries });
  return withoutSeries.verdict === "healthy" ? unhealthy : `${unhealthy} or ${isSilent(question)}`;
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
