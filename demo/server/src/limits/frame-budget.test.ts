import { describe, expect, it } from "vitest";
import { FrameBudget } from "./frame-budget.ts";

function setUp() {
  let nowMs = 0;
  const budget = new FrameBudget({ framesPerSecond: 2, frameBurst: 3 }, () => nowMs);
  return {
    spend: (frames: number) => Array.from({ length: frames }, () => budget.spend()),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe("FrameBudget", () => {
  it("takes a burst, warns once, and gives up a peer that goes on", () => {
    const { spend } = setUp();
    expect(spend(7)).toEqual(["taken", "taken", "taken", "warned", "dropped", "dropped", "spent"]);
  });

  it("takes as many a second as it may, for ever", () => {
    const { spend, pass } = setUp();
    spend(3);
    for (let i = 0; i < 20; i += 1) {
      pass(500);
      expect(spend(1)).toEqual(["taken"]);
    }
  });

  it("forgets what was too much once the peer has been quiet", () => {
    const { spend, pass } = setUp();
    spend(5);
    pass(1500);
    expect(spend(4)).toEqual(["taken", "taken", "taken", "warned"]);
  });

  it("loses nothing when the clock is set back", () => {
    const { spend, pass } = setUp();
    spend(2);
    pass(-10_000);
    expect(spend(1)).toEqual(["taken"]);
  });
});
