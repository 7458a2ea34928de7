import { describe, expect, it } from "vitest";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { CLOCK_TOLERANCE_MS, createPageClock, LONGEST_NAP_MS } from "./page-clock.ts";

const HOUR_MS = 3_600_000;

function setUp() {
  const host = new FakeHost();
  const clock = createPageClock(host);
  const startedAt = clock.now();
  /** Time passes on both clocks. */
  const pass = (ms: number) => {
    host.clock += ms;
    host.wall += ms;
  };
  /** Timers run while time passes, every so often. */
  const live = (ms: number, everyMs: number) => {
    for (let passed = 0; passed < ms; passed += everyMs) {
      pass(everyMs);
      clock.tick();
    }
  };
  return { host, clock, pass, live, passed: () => clock.now() - startedAt, startedAt };
}

describe("a page's clock", () => {
  it("goes with the monotonic clock while the page runs", () => {
    const { live, clock, passed, startedAt } = setUp();
    live(HOUR_MS, 2_000);
    expect(passed()).toBe(HOUR_MS);
    expect(clock.sleptSince(startedAt)).toBe(false);
  });

  it("goes on in a hidden page, whose timers run once a minute", () => {
    const { live, clock, passed, startedAt } = setUp();
    live(HOUR_MS, 60_000);
    expect(passed()).toBe(HOUR_MS);
    expect(clock.sleptSince(startedAt)).toBe(false);
  });

  it.each([
    [LONGEST_NAP_MS, false],
    [LONGEST_NAP_MS + 1, true],
  ])("after %i ms without any sign of life has slept: %s", (ms, slept) => {
    const { pass, clock, passed, startedAt } = setUp();
    pass(1_000);
    clock.tick();
    pass(ms);
    expect(clock.sleptSince(startedAt)).toBe(slept);
    expect(passed()).toBe(slept ? 1_000 : 1_000 + ms);
  });

  it("leaves a sleep out in which both clocks went on, and goes on from there", () => {
    const { live, pass, passed } = setUp();
    live(60_000, 2_000);
    pass(8 * HOUR_MS);
    live(60_000, 2_000);
    expect(passed()).toBe(118_000);
  });

  it.each([1_000, 100_000, 8 * HOUR_MS])(
    "stands still in a page that is frozen for %i ms, however long",
    (frozenMs) => {
      const { clock, pass, passed } = setUp();
      pass(10_000);
      const before = clock.now();
      clock.freeze();
      pass(frozenMs);
      expect(clock.now()).toBe(before);
      clock.thaw();
      clock.thaw();
      expect([passed(), clock.sleptSince(before), clock.wokeAt()]).toEqual([10_000, true, before]);
      pass(5_000);
      expect(passed()).toBe(15_000);
    },
  );

  it("leaves out every sleep", () => {
    const { live, pass, clock, passed, startedAt } = setUp();
    for (let naps = 0; naps < 3; naps++) {
      live(10_000, 2_000);
      pass(HOUR_MS);
      expect(clock.sleptSince(startedAt)).toBe(true);
    }
    expect(passed()).toBe(30_000);
  });

  it("knows of a sleep in which it stood still by the wall clock, without a tick", () => {
    const { host, live, clock, passed, startedAt } = setUp();
    live(60_000, 2_000);
    host.wall += 8 * HOUR_MS;
    expect(clock.sleptSince(startedAt)).toBe(true);
    expect(passed()).toBe(60_000);
  });

  it.each([
    [CLOCK_TOLERANCE_MS, false],
    [CLOCK_TOLERANCE_MS + 1, true],
  ])("with a wall clock that is %i ms ahead has slept: %s", (ms, slept) => {
    const { host, live, clock, startedAt } = setUp();
    live(10_000, 2_000);
    host.wall += ms;
    expect(clock.sleptSince(startedAt)).toBe(slept);
  });

  it("does not add up a wall clock that goes a little faster", () => {
    const { host, pass, clock, startedAt } = setUp();
    for (let ticks = 0; ticks < 1_800; ticks++) {
      pass(2_000);
      host.wall += 10;
      clock.tick();
    }
    expect(clock.sleptSince(startedAt)).toBe(false);
  });

  it("takes no notice of a wall clock that is set back", () => {
    const { host, live, clock, passed, startedAt } = setUp();
    live(10_000, 2_000);
    host.wall -= 8 * HOUR_MS;
    live(10_000, 2_000);
    expect(clock.sleptSince(startedAt)).toBe(false);
    expect(passed()).toBe(20_000);
  });

  it("takes a wall clock that is set ahead for a sleep, once, and loses no time by it", () => {
    const { host, live, clock, passed, startedAt } = setUp();
    live(10_000, 2_000);
    host.wall += 8 * HOUR_MS;
    live(10_000, 2_000);
    expect(clock.sleptSince(startedAt)).toBe(true);
    expect(passed()).toBe(20_000);
    expect(clock.sleptSince(clock.now())).toBe(false);
    const later = clock.now();
    live(HOUR_MS, 2_000);
    expect(clock.sleptSince(later)).toBe(false);
  });

  it("believes what begins after a sleep", () => {
    const { pass, live, clock } = setUp();
    pass(HOUR_MS);
    clock.tick();
    live(2_000, 2_000);
    const awake = clock.now();
    live(60_000, 2_000);
    expect(clock.sleptSince(awake)).toBe(false);
  });

  it("never goes back", () => {
    const { host, pass, clock } = setUp();
    let last = clock.now();
    for (const ms of [1, LONGEST_NAP_MS, HOUR_MS, 0, 2_000, LONGEST_NAP_MS + 1, 3]) {
      pass(ms);
      host.wall += ms % 2 ? HOUR_MS : -HOUR_MS;
      clock.tick();
      expect(clock.now()).toBeGreaterThanOrEqual(last);
      last = clock.now();
    }
  });
});
