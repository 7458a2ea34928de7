import { MAX_DELTA } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { histogramShare, removeShare } from "./histogram-share.ts";

const LAYOUT = { id: "test-1", bounds: [1, 2], max: 10 };

describe("histogramShare", () => {
  it("takes everything when every bucket fits", () => {
    const block = Float64Array.of(1, 2, 1, 9.5);
    const share = histogramShare(block, LAYOUT);
    removeShare(block, share);
    expect(share).toEqual({ counts: [1, 2, 1], sum: 9.5 });
    expect([...block]).toEqual([0, 0, 0, 0]);
  });

  it("splits a bucket that is too full so that both sums stay within their bounds", () => {
    const full = MAX_DELTA + 5;
    // As small as these counts allow: nothing below the first bound but zeros, the rest just over their lower bounds.
    for (const sum of [full + 2, full * 2 + 1 * 10, (full + 2 + full * 2 + 10) / 2]) {
      const block = Float64Array.of(0, full, 1, sum);
      const first = histogramShare(block, LAYOUT);
      removeShare(block, first);
      const second = histogramShare(block, LAYOUT);
      removeShare(block, second);
      expect(first.counts).toEqual([0, MAX_DELTA, 1]);
      expect(second.counts).toEqual([0, 5, 0]);
      expect(first.sum).toBeGreaterThanOrEqual(MAX_DELTA + 2);
      expect(first.sum).toBeLessThanOrEqual(MAX_DELTA * 2 + 10);
      expect(second.sum).toBeGreaterThanOrEqual(5);
      expect(second.sum).toBeLessThanOrEqual(10);
      expect(first.sum + second.sum).toBeCloseTo(sum, 4);
      expect([...block]).toEqual([0, 0, 0, 0]);
    }
  });
});
