import { describe, expect, it } from "vitest";
import type { BinaryNode, PromqlNode } from "./node.ts";
import { isSameUnit, mixedUnits, observedUnit, SHARE, type Unit, unitOf } from "./unit-of.ts";

const series = (name: string): PromqlNode => ({ kind: "selector", name, matchers: [] });
const call = (name: string, ...args: PromqlNode[]): PromqlNode => ({ kind: "call", name, args });
const sum = (of: PromqlNode): PromqlNode => ({ kind: "aggregation", operator: "sum", by: [], of });
const number = (value: number): PromqlNode => ({ kind: "number", value });
const binary = (left: PromqlNode, operator: BinaryNode["operator"], right: PromqlNode): PromqlNode => ({
  kind: "binary",
  operator,
  left,
  right,
});

const CLOSES = call("rate", series("ws_closes_total"));
const TIME = call("rate", series("ws_time_seconds_total"));
const DURATIONS = series("ws_duration_seconds_bucket");

function unit(powers: Partial<Unit>): Unit {
  return { ...SHARE, ...powers };
}

describe("the unit of an expression", () => {
  it.each([
    ["a gauge", series("ws_active"), unit({ count: 1 })],
    ["a gauge of bytes", series("ws_buffer_bytes"), unit({ bytes: 1 })],
    ["a gauge of seconds", sum(series("ws_lag_seconds")), unit({ seconds: 1 })],
    ["a rate", sum(CLOSES), unit({ count: 1, perSecond: 1 })],
    ["an increase", call("increase", series("ws_closes_total")), unit({ count: 1 })],
    ["the rate of counted seconds", TIME, unit({ seconds: 1, perSecond: 1 })],
    ["a quotient of like units", binary(CLOSES, "/", binary(CLOSES, ">", number(0))), SHARE],
    ["what is left of one", binary(number(1), "-", binary(CLOSES, "/", CLOSES)), SHARE],
    ["nothing of something", binary(number(0), "*", series("ws_active")), unit({ count: 1 })],
    ["events a thing", binary(CLOSES, "/", series("ws_active")), unit({ perSecond: 1 })],
    ["a quantile", call("histogram_quantile", number(0.5), sum(DURATIONS)), unit({ seconds: 1 })],
    [
      "a quantile of attempts",
      call("histogram_quantile", number(0.5), series("ws_attempts_bucket")),
      unit({ value: 1 }),
    ],
    ["buckets", DURATIONS, unit({ count: 1 })],
    [
      "a mean",
      binary(
        call("rate", series("ws_duration_seconds_sum")),
        "/",
        call("rate", series("ws_duration_seconds_count")),
      ),
      unit({ seconds: 1 }),
    ],
    [
      "a mean of attempts",
      binary(call("rate", series("ws_attempts_sum")), "/", call("rate", series("ws_attempts_count"))),
      unit({ value: 1 }),
    ],
    ["how long ago", binary(call("time"), "-", series("ALERTS_FOR_STATE")), unit({ seconds: 1 })],
    ["a recorded ratio", series("app:ws_errors:ratio_rate5m"), SHARE],
    ["a recorded rate", series("app:ws_closes:rate5m"), unit({ count: 1, perSecond: 1 })],
    ["a recorded increase", series("job:ws_closes:increase1d"), unit({ count: 1 })],
    [
      "a quantile of recorded buckets",
      call("histogram_quantile", number(0.5), sum(series("app_le:ws_duration_seconds_bucket:rate5m"))),
      unit({ seconds: 1 }),
    ],
    ["a recorded sum", series("job:ws_active:sum"), unit({ count: 1 })],
    [
      "something or a constant",
      binary(series("ws_active"), "or", call("vector", number(0))),
      unit({ count: 1 }),
    ],
    [
      "how many",
      { kind: "aggregation", operator: "count", by: [], of: DURATIONS } as const,
      unit({ count: 1 }),
    ],
    ["e to the power of something", call("exp", binary(number(-2), "*", CLOSES)), SHARE],
  ])("is that of %s", (_, node, expected) => {
    expect(unitOf(node)).toEqual(expected);
  });

  it.each([
    ["a number", number(3)],
    ["a product with a number, which may be another time", binary(number(3600), "*", CLOSES)],
    ["what is not known, or a constant", binary(number(3), "or", call("vector", number(0)))],
    ["a recorded operation that is not known", series("app:ws_closes:guessed")],
  ])("is not known of %s", (_, node) => {
    expect(unitOf(node)).toBeUndefined();
  });
});

describe("an operator that mixes units", () => {
  const SECONDS = series("ws_waited_seconds");

  it.each([
    ["adds", binary(CLOSES, "+", SECONDS)],
    ["compares", binary(SECONDS, ">", CLOSES)],
    ["offers", binary(SECONDS, "or", CLOSES)],
    ["is within something", sum(call("rate", binary(CLOSES, "-", SECONDS)))],
  ])("is found where it %s", (_, node) => {
    expect(mixedUnits(node)).toMatchObject({ kind: "binary" });
  });

  it.each([
    ["like is added to like", binary(CLOSES, "+", CLOSES)],
    ["a number is compared", binary(SECONDS, ">", number(3))],
    ["one is divided by the other", binary(SECONDS, "/", CLOSES)],
    ["a constant stands for what is missing", binary(SECONDS, "or", call("vector", number(0)))],
    ["series are only paired", binary(SECONDS, "and", CLOSES)],
  ])("is not found where %s", (_, node) => {
    expect(mixedUnits(node)).toBeUndefined();
  });
});

describe("the unit of a histogram's observations", () => {
  it("is that of its name, whatever its buckets count", () => {
    expect(observedUnit(sum(call("rate", DURATIONS)))).toEqual(unit({ seconds: 1 }));
    expect(observedUnit(series("ws_attempts_bucket"))).toEqual(unit({ value: 1 }));
    expect(observedUnit(number(1))).toBeUndefined();
  });
});

it("units are the same when all of their powers are", () => {
  expect(isSameUnit(unit({ bytes: 1 }), unit({ bytes: 1 }))).toBe(true);
  expect(isSameUnit(unit({ bytes: 1 }), unit({ bytes: 1, perSecond: 1 }))).toBe(false);
});
