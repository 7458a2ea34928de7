import { expect, it } from "vitest";
import { PromqlError } from "./promql-error.ts";
import { rangeInWords, rangeSeconds } from "./range.ts";

it.each([
  ["30s", 30, "30 seconds"],
  ["5m", 300, "5 minutes"],
  ["1h", 3600, "hour"],
  ["1d", 86_400, "day"],
  ["3d", 259_200, "3 days"],
] as const)("knows how long %s is and how a sentence says it", (period, seconds, words) => {
  expect(rangeSeconds(period)).toBe(seconds);
  expect(rangeInWords(period)).toBe(words);
});

it.each(["-5m", "1.5h", "1e3s"] as const)("refuses %s, which Prometheus does not read", (period) => {
  expect(() => rangeSeconds(period)).toThrow(PromqlError);
});
