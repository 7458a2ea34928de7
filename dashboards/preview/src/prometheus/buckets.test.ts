import { describe, expect, it } from "vitest";
import { separateBuckets } from "./buckets.ts";
import { sampleOf } from "./sample.ts";

describe("the buckets of a heatmap", () => {
  it("have only what lies between two bounds, in the order of their numbers", () => {
    const separate = separateBuckets([
      { le: "+Inf", values: [10, 7] },
      { le: "5", values: [4, 2] },
      { le: "10", values: [9, 2] },
    ]);
    expect(separate).toEqual([
      { le: "5", values: [4, 2] },
      { le: "10", values: [5, 0] },
      { le: "+Inf", values: [1, 5] },
    ]);
  });

  it("are not below zero where rates do not add up, and have the gaps of the series", () => {
    const separate = separateBuckets([
      { le: "1", values: [0.300_000_000_1, null, null] },
      { le: "2", values: [0.3, null, 3] },
    ]);
    expect(separate[1]?.values).toEqual([0, null, 3]);
  });
});

describe("a sample", () => {
  it.each([
    ["1.5", 1.5],
    ["0", 0],
    ["NaN", null],
    ["+Inf", null],
    ["-Inf", null],
    ["", null],
  ])("of %j is %s", (text, value) => {
    expect(sampleOf(text)).toBe(value);
  });
});
