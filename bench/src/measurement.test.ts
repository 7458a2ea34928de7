import { describe, expect, it } from "vitest";
import { compareCosts } from "./measurement.ts";

const FIGURES = { bench: "sdk-record", unit: "ns of CPU a frame", peer: "counter@1.0.0" };

describe("costs next to a peer's", () => {
  it("say how many times better they are, above 1 when they are smaller", () => {
    expect(compareCosts({ ...FIGURES, value: 20, peerValue: 90 }).ratio).toBe(4.5);
    expect(compareCosts({ ...FIGURES, value: 90, peerValue: 20 }).ratio).toBe(0.222);
  });

  it("keep the digits of a large figure, and three of a small one", () => {
    expect(compareCosts({ ...FIGURES, value: 4_711.4, peerValue: 12.345 })).toMatchObject({
      value: 4_711,
      peerValue: 12.3,
    });
  });

  it("have no ratio when one of them is nothing", () => {
    expect(compareCosts({ ...FIGURES, value: 0, peerValue: 90 }).ratio).toBeNull();
    expect(compareCosts({ ...FIGURES, value: 90, peerValue: 0 }).ratio).toBeNull();
  });
});
