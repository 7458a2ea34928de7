import { describe, expect, it } from "vitest";
import { lastingWords, measuredWords, secondsUntil } from "./time-words.ts";

describe("how long something lasts", () => {
  it.each([
    [-5, "0 s"],
    [999, "0 s"],
    [59_999, "59 s"],
    [60_000, "1 min"],
    [245_000, "4 min"],
    [3_600_000, "1 h"],
    [7_500_000, "2 h 5 min"],
  ])("is, for %d ms, said as %s", (ms, words) => {
    expect(lastingWords(ms)).toBe(words);
  });

  it("is said with a tenth of a second where it was measured and short", () => {
    expect([measuredWords(0.84), measuredWords(9.99), measuredWords(61)]).toEqual([
      "0.8 s",
      "10.0 s",
      "1 min",
    ]);
  });
});

describe("the seconds until a moment", () => {
  it.each([
    [10_000, 4],
    [6_001, 1],
    [6_000, 0],
    [1_000, 0],
  ])("at %d are %d when it is 6 s", (atMs, seconds) => {
    expect(secondsUntil(atMs, 6_000)).toBe(seconds);
  });
});
