import { describe, expect, it } from "vitest";
import { createAllowance } from "./allowance.ts";

function setUp(perMinute = 30) {
  let now = 1_000_000;
  const mayPass = createAllowance(perMinute, () => now);
  return {
    /** How many of so many pass. */
    passed: (asked: number): number => Array.from({ length: asked }, mayPass).filter(Boolean).length,
    wait: (ms: number): void => {
      now += ms;
    },
  };
}

describe("an allowance", () => {
  it("lets a minute's worth through at once, and no more", () => {
    expect(setUp().passed(100)).toBe(30);
  });

  it("grows again as time passes, up to a minute's worth", () => {
    const { passed, wait } = setUp();
    passed(100);
    wait(10_000);
    expect(passed(100)).toBe(5);
    wait(3_600_000);
    expect(passed(100)).toBe(30);
  });

  it("lets nothing through when it is no number", () => {
    expect(setUp(Number.NaN).passed(100)).toBe(0);
  });

  it("neither grows nor shrinks while the clock jumps back", () => {
    const { passed, wait } = setUp();
    passed(29);
    wait(-600_000);
    expect(passed(100)).toBe(1);
    wait(2_000);
    expect(passed(100)).toBe(1);
  });
});
