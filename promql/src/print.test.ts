import { expect, it } from "vitest";
import { sumBy } from "./aggregations.ts";
import { exp, maxOverTime } from "./functions.ts";
import { add, and, andOn, compare, divide, multiply, or, ratio, subtract, unlessOn } from "./operators.ts";
import { recordedSeries } from "./selection.ts";

const short = recordedSeries("short", ["app"]);
const requests = recordedSeries("requests_that_somebody_sent_within_the_last_minutes", ["app"]);
const answers = recordedSeries("answers_that_somebody_received_within_the_last_minutes", ["app"]);
const long = (name: string) => recordedSeries(`${name}_${"x".repeat(75)}`, ["app"]);

it("stays on one line up to 80 columns", () => {
  const fits = recordedSeries("x".repeat(80 - " > 1".length), ["app"]);
  expect(compare(fits, ">", 1).promql).not.toContain("\n");
  expect(and(compare(fits, ">", 1), short).promql).toContain("\n");
});

it("breaks the operators that bind loosest first, and gives those between results a line of their own", () => {
  expect(and(compare(divide(requests, answers), ">", 0.02), compare(requests, ">=", 20)).promql).toBe(
    `requests_that_somebody_sent_within_the_last_minutes
/ answers_that_somebody_received_within_the_last_minutes
> 0.02
and
requests_that_somebody_sent_within_the_last_minutes >= 20`,
  );
});

it("keeps what fits on one line within a longer expression", () => {
  const both = and(compare(short, ">", 1), compare(short, "<", 3));
  expect(andOn([], both, requests).promql).toBe(
    "short > 1 and short < 3\nand on ()\nrequests_that_somebody_sent_within_the_last_minutes",
  );
});

it("indents what stands in parentheses", () => {
  expect(compare(divide(add(requests, answers), answers), ">", 0.05).promql).toBe(
    `(
  requests_that_somebody_sent_within_the_last_minutes
  + answers_that_somebody_received_within_the_last_minutes
)
/ answers_that_somebody_received_within_the_last_minutes
> 0.05`,
  );
  expect(divide(requests, add(requests, answers)).promql).toBe(
    `requests_that_somebody_sent_within_the_last_minutes
/ (
  requests_that_somebody_sent_within_the_last_minutes
  + answers_that_somebody_received_within_the_last_minutes
)`,
  );
});

it("hangs what belongs to an operator under it, where no parentheses show it", () => {
  expect(compare(subtract(1, divide(requests, answers)), ">", 0.25).promql).toBe(
    `1 - requests_that_somebody_sent_within_the_last_minutes
  / answers_that_somebody_received_within_the_last_minutes
> 0.25`,
  );
});

it("breaks a call around an operator, and closes it on a line with the number compared with", () => {
  expect(compare(exp(divide(multiply(-7200, requests), answers)), "<", 0.9).promql).toBe(
    `exp(
  -7200 * requests_that_somebody_sent_within_the_last_minutes
  / answers_that_somebody_received_within_the_last_minutes
) < 0.9`,
  );
  expect(sumBy(["app"], or(requests, answers)).promql).toBe(
    `sum by (app) (
  requests_that_somebody_sent_within_the_last_minutes
  or
  answers_that_somebody_received_within_the_last_minutes
)`,
  );
});

it("never breaks a selector, nor a call that holds no operator", () => {
  expect(sumBy(["app"], maxOverTime(long("selector"), "5m")).promql).not.toContain("\n");
});

it("counts parentheses and indentation into the width", () => {
  const divided = (length: number) =>
    divide(short, add(recordedSeries("w".repeat(length), ["app"]), short)).promql;
  expect(divided(80 - "short / ( + short)".length)).not.toContain("\n");
  const fits = 80 - "/ ( + short)".length;
  expect(divided(fits)).toBe(`short\n/ (${"w".repeat(fits)} + short)`);
  expect(divided(fits + 1)).toBe(
    `short\n/ (\n  ${"w".repeat(fits + 1)} + short\n)`.replace(" + short", "\n  + short"),
  );
});

it("leaves parentheses on the line of what cannot be broken", () => {
  expect(ratio(long("part"), long("whole")).promql).toBe(
    `${long("part").promql}\n/ (${long("whole").promql} > 0)`,
  );
});

it("keeps the meaning when it breaks: parentheses depend on precedence and not on lines", () => {
  const parts = unlessOn(
    [],
    and(compare(requests, ">", 1), compare(answers, ">", 1)),
    compare(requests, "<", 5),
  );
  const inOneLine = parts.promql.replaceAll(/\s*\n\s*/g, " ");
  expect(inOneLine).toBe(
    "requests_that_somebody_sent_within_the_last_minutes > 1 and answers_that_somebody_received_within_the_last_minutes > 1 unless on () requests_that_somebody_sent_within_the_last_minutes < 5",
  );
});
