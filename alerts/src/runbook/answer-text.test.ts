import { describe, expect, it } from "vitest";
import { SYMPTOMS } from "../symptoms.ts";
import { answerText, healthyText, unhealthyText } from "./answer-text.ts";
import type { AnswerUnit, Healthy } from "./question.ts";
import { noMoreThan } from "./questions/no-more-than.ts";
import { commandQuestionsOf, questionsOf } from "./questions-of.ts";
import { verdictOf } from "./verdict.ts";

const ASKED = SYMPTOMS.flatMap(({ name, runbook }) =>
  [...questionsOf(runbook), ...commandQuestionsOf(runbook)].map(({ id, healthy, unit }) => ({
    title: `${name}: ${id}`,
    healthy,
    unit,
  })),
);

const SIZES: Readonly<Record<string, number>> = {
  "%": 0.01,
  h: 3600,
  min: 60,
  s: 1,
  ms: 0.001,
  B: 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
  "a second": 1,
  "": 1,
};

/** The number that a text says. */
function read(text: string): number {
  const [, digits = "", unit = ""] = /^(-?[\d.e-]+) ?(.*)$/.exec(text) ?? [];
  return Number(digits) * (SIZES[unit] ?? Number.NaN);
}

it("no more than five events are five, also where the increase of them is more than whole", () => {
  expect([5.0395, 5.96].map((value) => verdictOf(value, noMoreThan(5)))).toEqual(["healthy", "unhealthy"]);
});

describe("an answer as text", () => {
  it.each([
    [0.005, "share", "0.5%"],
    [1, "share", "100%"],
    [1.5, "count", "1.5"],
    [1.4, "count", "1.4"],
    [12_345, "count", "12345"],
    [0.4, "per second", "0.4 a second"],
    [8.4, "seconds", "8.4 s"],
    [0.0004, "seconds", "0.4 ms"],
    [0, "seconds", "0 s"],
    [-30, "seconds", "-30 s"],
    [5400, "seconds", "90 min"],
    [86_400, "seconds", "24 h"],
    [1.5 * 1024 ** 3, "bytes", "1.5 GiB"],
    [0, "bytes", "0 B"],
    [Number.POSITIVE_INFINITY, "count", "endless"],
    [Number.NaN, "share", "not a number"],
  ] as const)("%d as %s is %s", (value, unit, text) => {
    expect(answerText(value, unit)).toBe(text);
  });

  it.each([
    [{ most: 0 }, "count", "none", "any"],
    [noMoreThan(0), "count", "none", "any"],
    [noMoreThan(5), "count", "at most 5", "more than 5"],
    [noMoreThan(100), "count", "at most 100", "more than 100"],
    [{ most: 1.2 }, "count", "at most 1.2", "more than 1.2"],
    [{ most: 0.5 }, "share", "at most 50%", "more than 50%"],
    [{ least: 0.99 }, "share", "at least 99%", "less than 99%"],
    [{ least: 200, most: 299 }, "count", "200 to 299", "anything else"],
    [{ least: 101, most: 101 }, "count", "101", "anything else"],
  ] as readonly (readonly [Healthy, AnswerUnit, string, string])[])(
    "%j of a %s is healthy at %s and not at %s",
    (healthy, unit, good, bad) => {
      expect(healthyText(healthy, unit)).toBe(good);
      expect(unhealthyText(healthy, unit)).toBe(bad);
    },
  );

  it.each(ASKED)("says the bound of $title as it is, but for half an event", ({ healthy, unit }) => {
    const [said = ""] =
      /[^ ]+(?: [a-zA-Z]+)*$/.exec(healthyText(healthy, unit).replace(/^at (?:most|least) /, "")) ?? [];
    const bound = healthy.most ?? healthy.least ?? expect.fail();
    const exact = unit === "count" && bound % 1 === 0.5 ? bound - 0.5 : bound;
    expect(said === "none" ? 0 : read(said.replace(/^.* to /, ""))).toBeCloseTo(exact, 10);
  });
});
