import { describe, expect, it } from "vitest";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { createWakingClock } from "./waking-clock.ts";

describe("a waking clock", () => {
  it.each([
    ["goes on where the wall clock shows that the machine slept", 5_001, 5_001],
    ["does not follow a wall clock that was put right by a little", 5_000, 0],
    ["does not go back with a wall clock", -60_000, 0],
  ])("%s", (_what, wallMs, ms) => {
    const host = new FakeHost();
    const clock = createWakingClock(host);
    const before = clock();
    host.wall += wallMs;
    expect(clock() - before).toBe(ms);
    expect(clock() - before).toBe(ms);
  });
});
