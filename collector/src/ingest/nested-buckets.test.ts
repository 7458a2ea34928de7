import { describe, expect, it } from "vitest";
import { nestedBuckets } from "./nested-buckets.ts";

const COARSE = { id: "coarse-1", bounds: [1, 10], max: 100 };

describe("nestedBuckets", () => {
  it("puts each bucket into the one that contains it, the infinite one as well", () => {
    const fine = { id: "fine-1", bounds: [0.5, 1, 5, 10, 20], max: 100 };
    expect(nestedBuckets(fine, COARSE)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it("leaves a layout as it is within itself", () => {
    expect(nestedBuckets(COARSE, COARSE)).toEqual([0, 1, 2]);
  });

  it("throws when a bucket straddles a bound", () => {
    expect(() => nestedBuckets({ id: "fine-2", bounds: [1, 20], max: 100 }, COARSE)).toThrow(
      "fine-2 does not nest in coarse-1: 10",
    );
  });
});
