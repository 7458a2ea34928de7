import { describe, expect, it } from "vitest";
import {
  alignedMs,
  durationMs,
  durationText,
  rateIntervalMs,
  roundedIntervalMs,
  stepMs,
} from "./interval.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe("a query's step", () => {
  it("is the panel's interval when the range fits into its width", () => {
    expect(stepMs({ rangeMs: HOUR_MS, maxDataPoints: 1_000, intervalMs: 15_000 })).toBe(15_000);
  });

  it("grows with the range, in steps that people count in", () => {
    expect(stepMs({ rangeMs: DAY_MS, maxDataPoints: 1_000, intervalMs: 60_000 })).toBe(60_000);
    expect(stepMs({ rangeMs: 7 * DAY_MS, maxDataPoints: 500, intervalMs: 15_000 })).toBe(1_200_000);
  });

  it("is no shorter than its author wants", () => {
    const query = { rangeMs: HOUR_MS, maxDataPoints: 1_000, intervalMs: 5_000 };
    expect(stepMs({ ...query, minStep: "1m" })).toBe(60_000);
    expect(stepMs({ ...query, minStep: "" })).toBe(5_000);
    expect(stepMs({ ...query, minStep: "soon" })).toBe(5_000);
  });

  it("never makes more points than Prometheus answers with", () => {
    const step = stepMs({ rangeMs: 30 * DAY_MS, maxDataPoints: 1_000_000, intervalMs: 1_000 });
    expect((30 * DAY_MS) / step).toBeLessThanOrEqual(11_000);
  });
});

describe("$__rate_interval", () => {
  it("covers four scrapes when the step is short", () => {
    expect(rateIntervalMs(5_000, 15_000)).toBe(60_000);
    expect(rateIntervalMs(1_000, 1_000)).toBe(4_000);
  });

  it("is one scrape longer than a long step", () => {
    expect(rateIntervalMs(300_000, 15_000)).toBe(315_000);
  });
});

describe("intervals", () => {
  it.each([
    [1, 1],
    [14, 10],
    [3_600, 5_000],
    [45_000, 60_000],
    [100_000_000, 86_400_000],
    [4_000_000_000, 31_536_000_000],
  ])("of %d ms are rounded to %d ms", (interval, rounded) => {
    expect(roundedIntervalMs(interval)).toBe(rounded);
  });

  it.each([
    ["15s", 15_000],
    ["1m30s", 90_000],
    [">5m", 300_000],
    ["250ms", 250],
    ["$__interval", undefined],
    ["", undefined],
  ])("written %j are read as %s", (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it("are written for Prometheus", () => {
    expect([durationText(60_000), durationText(1_500)]).toEqual(["60s", "1500ms"]);
  });

  it("begin at multiples of the step", () => {
    expect(alignedMs(1_700_000_007_001, 15_000)).toBe(1_699_999_995_000 + 0);
    expect(alignedMs(30_000, 15_000)).toBe(30_000);
  });
});
