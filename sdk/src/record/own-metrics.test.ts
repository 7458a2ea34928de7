import { wireName } from "@sockscope/catalog/protocol";
import { type Counter, type Histogram, TELEMETRY_LOST } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { createOwnMetrics } from "./own-metrics.ts";
import { createRecorder } from "./recorder.ts";

const ORDERS: Counter<{ kind: "buy" | "sell & hold" }> = {
  type: "counter",
  name: "orders_total",
  labels: { kind: ["buy", "sell & hold"] },
};
const VISITS: Counter<{ from: "ad" | "other" }> = {
  type: "counter",
  name: "visits_total",
  labels: { from: ["ad", "other"] },
};
const WAIT: Histogram<{ kind: "buy" | "sell & hold" }> = {
  type: "histogram",
  name: "wait_seconds",
  labels: ORDERS.labels,
  layout: { id: "wait-1", bounds: [1], max: 10 },
};

function setUp() {
  const recorder = createRecorder();
  const told: unknown[] = [];
  const own = createOwnMetrics(recorder, (code, message) => told.push([code, message]));
  return { own, told, lines: () => recorder.read(Infinity).lines };
}

describe("metrics of an application's own", () => {
  it("are recorded under their labels, percent-encoded", () => {
    const { own, lines } = setUp();
    own.count(ORDERS, { kind: "sell & hold" });
    own.record(WAIT, 2, { kind: "buy" });
    expect(lines()).toEqual(["orders/sell%20%26%20hold 1", "wait_seconds/buy wait-1 1:1 2"]);
  });

  it("are not the product's", () => {
    const { own, lines } = setUp();
    const closes: Counter<Record<never, never>> = {
      type: "counter",
      name: "ws_client_closes_total",
      labels: {},
    };
    expect(() => own.count(closes, {})).toThrow(TypeError);
    expect(lines()).toEqual([]);
  });

  it("are of the kind that they are recorded as, and have a name that can be said", () => {
    const { own, lines } = setUp();
    expect(() => own.count(WAIT as never, {})).toThrow("as a counter");
    expect(() => own.record(ORDERS as never, 1, {})).toThrow("as a histogram");
    expect(() => own.count({ ...ORDERS, name: "x y\nz 5" }, { kind: "buy" })).toThrow(TypeError);
    own.record(WAIT, 2, { kind: "buy" });
    expect(lines()).toEqual(["wait_seconds/buy wait-1 1:1 2"]);
  });

  it.each([NaN, 0.5, -1, 0])("lose the increment %s", (by) => {
    const { own, lines } = setUp();
    own.count(ORDERS, { kind: "buy" }, by);
    expect(lines()).toEqual([`${wireName(TELEMETRY_LOST.name)}/value 1`]);
  });

  it("count a value that is not declared as other where there is that, and tell", () => {
    const { own, told, lines } = setUp();
    own.count(VISITS, { from: "constructor" as "ad" });
    expect(lines()).toEqual(["visits/other 1"]);
    expect(told).toEqual([
      [
        "SOCKSCOPE_ERR_UNKNOWN",
        expect.stringMatching(/^of visits_total, the from "constructor" is not declared/),
      ],
    ]);
  });

  it("lose what has a value that is not declared where there is no other, and tell", () => {
    const { own, told, lines } = setUp();
    own.count(ORDERS, {} as { kind: "buy" });
    own.record(WAIT, 1, { kind: "hold" as "buy" });
    expect(lines()).toEqual([`${wireName(TELEMETRY_LOST.name)}/internal 2`]);
    expect(told).toHaveLength(2);
  });
});
