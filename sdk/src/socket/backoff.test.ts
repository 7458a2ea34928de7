import { describe, expect, it } from "vitest";
import { createRandom } from "../testing/random.test-support.ts";
import { adviceIn, advisedMs, backoffMs, MAX_ADVICE_MS } from "./backoff.ts";

const USUAL = { baseDelayMs: 1_000, maxDelayMs: 16_000 };
const MIDDLE = 0.5;
/** Of the chi-squared distribution with 19 degrees of freedom: a uniform sample exceeds it once in a thousand. */
const CHI_SQUARED_19_AT_999 = 43.82;

/** How far counts are from what they would be if all were alike. */
function chiSquared(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe("backoffMs", () => {
  it("doubles from a second to sixteen, and stays there", () => {
    const delays = Array.from({ length: 10 }, (_, delays) => backoffMs(USUAL, delays, 0, MIDDLE));
    expect(delays).toEqual([1, 2, 4, 8, 16, 16, 16, 16, 16, 16].map((seconds) => seconds * 1_000));
  });

  it("spreads a delay by a fifth either way, at the cap as well", () => {
    expect([0, 1 - 2 ** -32].map((random) => Math.round(backoffMs(USUAL, 9, 0, random)))).toEqual([
      12_800, 19_200,
    ]);
  });

  it("draws uniformly at the cap", () => {
    const random = createRandom(1);
    const counts = new Array<number>(20).fill(0);
    for (let draw = 0; draw < 10_000; draw++) {
      const share = (backoffMs(USUAL, 9, 0, random.below(2 ** 32) / 2 ** 32) - 12_800) / 6_400;
      (counts[Math.floor(share * 20)] as number)++;
    }
    expect(chiSquared(counts)).toBeLessThan(CHI_SQUARED_19_AT_999);
  });

  it("gives an overloaded server what it needs at the least", () => {
    expect(backoffMs(USUAL, 0, 5_000, MIDDLE)).toBe(5_000);
    expect(backoffMs(USUAL, 4, 5_000, MIDDLE)).toBe(16_000);
  });
});

describe("advisedMs", () => {
  it("is never less than the advice, and spreads clients that were given the same", () => {
    expect([0, MIDDLE].map((random) => advisedMs(10_000, random))).toEqual([10_000, 11_000]);
  });

  it("does not believe advice that would be for ever", () => {
    expect(advisedMs(1e12, 0)).toBe(MAX_ADVICE_MS);
  });
});

describe("adviceIn", () => {
  it.each([
    ['{"retry_after_ms":2500}', 2_500],
    ["restart retry_after_ms=700", 700],
    ["retry_after_ms: 0", 0],
    ["not_retry_after_ms=700", undefined],
    ["retry_after_ms=-5", undefined],
    ["retry_after_ms=1e4", undefined],
    ["retry_after_ms=2.5", undefined],
    ["soon", undefined],
  ])("reads %s as %s", (reason, ms) => expect(adviceIn(reason)).toBe(ms));
});
