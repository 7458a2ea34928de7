import { CLOSES, CONNECT_DURATION, SESSIONS_ACTIVE } from "@sockscope/catalog";
import { expect, it } from "vitest";
import { rate } from "./counters.ts";
import { maxOverTime } from "./functions.ts";
import { PromqlError } from "./promql-error.ts";
import { histogramQuantile } from "./quantiles.ts";
import { rangeInWords, rangeSeconds } from "./range.ts";
import { gauge } from "./selection.ts";

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

it.each(["-5m", "1.5h", "1e3s", "0s"] as const)("refuses %s, which Prometheus does not read", (period) => {
  expect(() => rangeSeconds(period)).toThrow(PromqlError);
  expect(() => rate(CLOSES, {}, period)).toThrow(PromqlError);
  expect(() => rate(CLOSES, {}, "5m", { offset: period })).toThrow(PromqlError);
  expect(() => histogramQuantile(0.5, CONNECT_DURATION, {}, period)).toThrow(PromqlError);
  expect(() => maxOverTime(gauge(SESSIONS_ACTIVE, {}), period)).toThrow(PromqlError);
});
