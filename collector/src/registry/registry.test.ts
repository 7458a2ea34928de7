import type { Counter, Gauge, Histogram } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { Registry } from "./registry.ts";

const COLOURS: Counter<{ colour: string; size: string }> = {
  type: "counter",
  name: "colours_total",
  labels: {
    colour: { kind: "enumerated", values: ["red", "blue"] },
    size: { kind: "enumerated", values: ["s", "m", "l"] },
  },
};
const WAITS: Histogram = {
  type: "histogram",
  name: "waits_seconds",
  labels: {},
  buckets: { id: "waits-1", bounds: [1, 2], max: 10 },
};
const CAPPED: Gauge<{ route: string }> = {
  type: "gauge",
  name: "capped",
  labels: { route: { kind: "capped", top: 3, other: "other" } },
};

function createRegistry(): Registry {
  const apps = ["a", "b"];
  return new Registry([
    { metric: COLOURS, help: "Colours.", apps },
    { metric: WAITS, help: "Waits.", apps },
  ]);
}

describe("Registry", () => {
  it("gives every label combination a slot of its own, without holes", () => {
    const registry = createRegistry();
    const slots = ["a", "b"].flatMap((app) =>
      ["red", "blue"].flatMap((colour) =>
        ["s", "m", "l"].map((size) => registry.slotOf(COLOURS, { app, colour, size })),
      ),
    );
    expect(slots).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it("gives a histogram a slot per bucket and one for the sum, after the family before it", () => {
    const registry = createRegistry();
    expect(registry.slotOf(WAITS, { app: "a" })).toBe(12);
    expect(registry.slotOf(WAITS, { app: "b" })).toBe(16);
    expect(registry.values).toHaveLength(20);
    expect(registry.series).toBe(12 + 2 * 5);
  });

  it("adds what a batch gained, also twice to one slot", () => {
    const registry = createRegistry();
    registry.apply({ slots: [3, 3, 12], amounts: [1, 2, 0.5] });
    expect([registry.values[3], registry.values[12]]).toEqual([3, 0.5]);
  });

  it("throws for a metric that was not declared and for a value that the label does not have", () => {
    const registry = createRegistry();
    expect(() => registry.slotOf(CAPPED, { route: "x" })).toThrow("capped is not in the registry");
    expect(() => registry.slotOf(COLOURS, { app: "a", colour: "green", size: "s" })).toThrow(
      'colour="green"',
    );
  });

  it("refuses a metric whose label values are not known at start", () => {
    expect(() => new Registry([{ metric: CAPPED, help: "Capped." }])).toThrow("capped has a label");
  });
});
