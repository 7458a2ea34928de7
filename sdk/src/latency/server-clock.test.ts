import { describe, expect, it } from "vitest";
import { createPageClock } from "../page/page-clock.ts";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { createServerClock, LONGEST_RTT_MS, OFFSET_HOLDS_MS } from "./server-clock.ts";

/** How far the server's clock is ahead of the page's wall clock. */
const AHEAD_MS = 7_000;

function setUp() {
  const host = new FakeHost();
  const clock = createPageClock(host);
  const server = createServerClock(clock);
  const serverTime = () => host.wall + AHEAD_MS;
  const pass = (ms: number) => {
    for (let left = ms; left > 0; left -= 60_000) {
      host.clock += Math.min(left, 60_000);
      host.wall += Math.min(left, 60_000);
      clock.tick();
    }
  };
  /** A ping and its pong; the way there takes another share of it than half. */
  const roundTrip = (rttMs: number, share = 0.5) => {
    pass(rttMs * share);
    const told = serverTime();
    pass(rttMs * (1 - share));
    server.learn(told, rttMs);
  };
  return { host, clock, server, pass, roundTrip, serverTime, errorMs: () => server.now() - serverTime() };
}

describe("the server's clock", () => {
  it("is not known before a round trip, nor was it lost", () => {
    const { server } = setUp();
    expect(server.now()).toBeNaN();
    expect(server.wasLostInSleep()).toBe(false);
  });

  it("is known to half of what a round trip took, at the worst", () => {
    for (const share of [0, 0.25, 0.5, 1]) {
      const { roundTrip, errorMs } = setUp();
      roundTrip(80, share);
      expect(Math.abs(errorMs())).toBeLessThanOrEqual(40);
    }
  });

  it("goes on between round trips", () => {
    const { roundTrip, pass, errorMs } = setUp();
    roundTrip(20);
    pass(60_000);
    expect(errorMs()).toBe(0);
  });

  it("is taken from the best round trip of the last minutes", () => {
    const { roundTrip, errorMs } = setUp();
    roundTrip(10, 0.5);
    roundTrip(90, 1);
    expect(errorMs()).toBe(0);
  });

  it("is taken from the later of two round trips that are as good", () => {
    const { roundTrip, errorMs } = setUp();
    roundTrip(40, 1);
    roundTrip(40, 0.5);
    expect(errorMs()).toBe(0);
  });

  it.each([
    [LONGEST_RTT_MS, true],
    [LONGEST_RTT_MS + 1, false],
  ])("is known from a round trip of %i ms: %s", (rttMs, isKnown) => {
    const { roundTrip, server } = setUp();
    roundTrip(rttMs);
    expect(Number.isNaN(server.now())).toBe(!isKnown);
  });

  it("is known for as long as a good round trip speaks for it, through bad ones", () => {
    const { roundTrip, pass, server } = setUp();
    roundTrip(20);
    roundTrip(400);
    expect(server.now()).not.toBeNaN();
    pass(OFFSET_HOLDS_MS - 400);
    expect(server.now()).not.toBeNaN();
    pass(1);
    expect(server.now()).toBeNaN();
  });

  it("is known by the second best when the best has become too old", () => {
    const { roundTrip, pass, errorMs } = setUp();
    roundTrip(20, 1);
    pass(OFFSET_HOLDS_MS / 2);
    roundTrip(40, 0.5);
    roundTrip(60, 1);
    expect(errorMs()).toBe(10);
    pass(OFFSET_HOLDS_MS / 2);
    expect(errorMs()).toBe(0);
  });

  it("is known again after the next good round trip", () => {
    const { roundTrip, pass, errorMs } = setUp();
    roundTrip(10, 1);
    pass(OFFSET_HOLDS_MS + 1);
    roundTrip(90);
    expect(errorMs()).toBe(0);
  });

  it.each(["stands still", "goes on"] as const)(
    "is lost in a sleep in which the page's clock %s, until the next round trip, however long that takes",
    (monotonicClock) => {
      const { host, roundTrip, server, errorMs } = setUp();
      roundTrip(10);
      host.wall += 3_600_000;
      if (monotonicClock === "goes on") host.clock += 3_600_000;
      expect(server.wasLostInSleep()).toBe(true);
      roundTrip(90);
      expect(server.wasLostInSleep()).toBe(false);
      expect(errorMs()).toBe(0);
    },
  );

  it.each([0, -1, Number.NaN])("learns nothing from a server that says that it is %d", (serverTime) => {
    const { server } = setUp();
    server.learn(serverTime, 10);
    expect(server.now()).toBeNaN();
  });
});
