import { describe, expect, it } from "vitest";
import { MAX_RETRY_DELAY_MS, MIN_RETRY_DELAY_MS, retryDelayMs } from "./retry-delay.ts";

describe("retryDelayMs", () => {
  it("doubles with each failure up to the cap", () => {
    const delays = [1, 2, 3, 50].map((failures) => retryDelayMs(failures, 0, 0));
    expect(delays).toEqual([
      MIN_RETRY_DELAY_MS,
      2 * MIN_RETRY_DELAY_MS,
      4 * MIN_RETRY_DELAY_MS,
      MAX_RETRY_DELAY_MS,
    ]);
  });

  it("waits at least as long as the collector asks", () => {
    expect(retryDelayMs(1, 7_000, 0)).toBe(7_000);
  });

  it("does not let the collector's wish exceed the cap", () => {
    expect(retryDelayMs(1, Infinity, 0)).toBe(MAX_RETRY_DELAY_MS);
  });

  it("still spreads at the cap", () => {
    expect(retryDelayMs(50, 0, 0.5)).toBeGreaterThan(retryDelayMs(50, 0, 0));
  });
});
