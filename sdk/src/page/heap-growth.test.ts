import { HEAP_GROWTH } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { createRecorder } from "../record/recorder.ts";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { Totals } from "../testing/recorded.test-support.ts";
import { takenLines } from "../testing/test-page.test-support.ts";
import { createHeapGrowth, FIRST_MINUTES_MS, LAST_MINUTES_MS } from "./heap-growth.ts";
import { createPageClock } from "./page-clock.ts";

const HOUR_MS = 3_600_000;
const MIB = 2 ** 20;

function setUp(everyMs = 10_000) {
  const host = new FakeHost();
  const recorder = createRecorder();
  const clock = createPageClock(host);
  const look = createHeapGrowth(recorder, clock, host);
  const totals = new Totals();
  /** The page lives with a heap of so many MiB. */
  const live = (ms: number, mib: number | undefined) => {
    host.heap = mib && mib * MIB;
    for (let passed = 0; passed < ms; passed += everyMs) {
      host.clock += everyMs;
      host.wall += everyMs;
      look();
    }
  };
  return {
    host,
    live,
    grown: () => {
      totals.add(takenLines(recorder));
      return totals.shown(HEAP_GROWTH);
    },
  };
}

describe("the growth of the heap", () => {
  it("is observed once at each age", () => {
    const { live, grown } = setUp();
    live(HOUR_MS / 2, 10);
    live(HOUR_MS / 2 - 10_000, 12);
    expect(grown()).toEqual([]);
    live(10_000, 12);
    expect(grown()).toEqual([`1h 1 ${2 * MIB}`]);
    live(3 * HOUR_MS, 15);
    expect(grown()).toEqual([`1h 1 ${2 * MIB}`, `4h 1 ${5 * MIB}`]);
    live(8 * HOUR_MS, 9.5);
    expect(grown()).toEqual([`1h 1 ${2 * MIB}`, `4h 1 ${5 * MIB}`, "8h 1 0"]);
  });

  it("does not begin before the page has come about", () => {
    const { live, grown } = setUp();
    live(10_000, 5);
    live(HOUR_MS, 60);
    expect(grown()).toEqual(["1h 1 0"]);
  });

  it("is not known of a page whose first minutes are not", () => {
    const { live, grown } = setUp();
    live(FIRST_MINUTES_MS, undefined);
    live(HOUR_MS, 60);
    expect(grown()).toEqual([]);
  });

  it("begins at the least of the first minutes, and not at a later one", () => {
    const { live, grown } = setUp();
    live(FIRST_MINUTES_MS / 2, 30);
    live(10_000, 10);
    live(FIRST_MINUTES_MS / 2 - 20_000, 30);
    live(10_000, 5);
    live(HOUR_MS, 30);
    expect(grown()).toEqual([`1h 1 ${20 * MIB}`]);
  });

  it("ends at the least of the last minutes, and not at an earlier one", () => {
    const { live, grown } = setUp();
    live(HOUR_MS - LAST_MINUTES_MS - 60_000, 10);
    live(60_000, 1);
    live(60_000, 40);
    live(10_000, 13);
    live(LAST_MINUTES_MS, 40);
    expect(grown()).toEqual([`1h 1 ${3 * MIB}`]);
  });

  it("begins its last minutes anew for each age", () => {
    const { live, grown } = setUp();
    live(HOUR_MS, 10);
    live(3 * HOUR_MS, 18);
    expect(grown()).toEqual(["1h 1 0", `4h 1 ${8 * MIB}`]);
  });

  it("is observed in a hidden page, that looks once a minute", () => {
    const { live, grown } = setUp(60_000);
    live(HOUR_MS, 10);
    expect(grown()).toEqual(["1h 1 0"]);
  });

  it("leaves out how long the machine slept", () => {
    const { host, live, grown } = setUp();
    live(HOUR_MS / 2, 10);
    host.clock += 8 * HOUR_MS;
    live(HOUR_MS / 2, 10);
    expect(grown()).toEqual([]);
    live(10_000, 10);
    expect(grown()).toEqual(["1h 1 0"]);
  });

  it("is not observed where the browser does not tell", () => {
    const { live, grown } = setUp();
    live(9 * HOUR_MS, undefined);
    expect(grown()).toEqual([]);
  });
});
