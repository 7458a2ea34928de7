import { expect, it } from "vitest";
import { numberText } from "./number-text.ts";
import { PromqlError } from "./promql-error.ts";

it.each([
  [14.4 * 0.005, "0.072"],
  [14.4 * (1 - 0.995), "0.072"],
  [1 - 0.75, "0.25"],
  [0.1 + 0.2, "0.3"],
  [19.2, "19.2"],
  [0, "0"],
  [-0, "0"],
  [-7200, "-7200"],
  [-0.5, "-0.5"],
  [1e-9, "0.000000001"],
  [1e21, "1000000000000000000000"],
  [9_007_199_254_740_991, "9007199254740991"],
  [10_485_760, "10485760"],
  [1_000_000.5, "1000000.5"],
])("writes %d as %s", (value, text) => {
  expect(numberText(value)).toBe(text);
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("refuses %d", (value) => {
  expect(() => numberText(value)).toThrow(PromqlError);
});
