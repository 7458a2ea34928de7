import { APP, type Counter, type Gauge, type Histogram } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { familyCombinations } from "./family.ts";
import { Registry } from "./registry.ts";

const COLOURS: Counter<{ app: string; colour: string; size: string }> = {
  type: "counter",
  name: "colours_total",
  labels: { app: APP, colour: ["red", "blue"], size: ["s", "m", "l"] },
};
const WAITS: Histogram<{ app: string }> = {
  type: "histogram",
  name: "waits_seconds",
  labels: { app: APP },
  layout: { id: "waits-2", bounds: [1, 2], max: 10 },
};
const CAPPED: Gauge<{ route: string }> = {
  type: "gauge",
  name: "capped",
  labels: { route: { kind: "capped", top: 3, other: "other" } },
};
const TWO_APPS = { configured: { app: ["a", "b"] } };

function createRegistry(): Registry {
  const impossible = [{ colour: "red", size: ["s", "l"] }];
  const olderLayouts = [
    { layout: { id: "waits-1", bounds: [3], max: 10 }, keptAs: "waits_seconds_layout_1" },
  ];
  return new Registry(
    [
      { metric: COLOURS, help: "Colours.", impossible },
      { metric: WAITS, help: "Waits.", olderLayouts },
    ],
    TWO_APPS,
  );
}

describe("Registry", () => {
  it("gives every label combination that is possible a slot of its own, without holes", () => {
    const registry = createRegistry();
    const possible = [
      { colour: "red", size: "m" },
      { colour: "blue", size: "s" },
      { colour: "blue", size: "m" },
      { colour: "blue", size: "l" },
    ];
    const slots = ["a", "b"].flatMap((app) =>
      possible.map((labels) => registry.slotOf(COLOURS, { app, ...labels })),
    );
    expect(slots).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("gives a histogram a slot per bucket and one for the sum, after the family before it", () => {
    const registry = createRegistry();
    expect(registry.slotOf(WAITS, { app: "a" })).toBe(8);
    expect(registry.slotOf(WAITS, { app: "b" })).toBe(12);
  });

  it("gives an older layout that stays a family of its own, whose help says so", () => {
    const registry = createRegistry();
    const kept = { ...WAITS, name: "waits_seconds_layout_1" };
    expect(registry.slotOf(kept, { app: "a" })).toBe(16);
    expect(registry.family(kept).shape.help).toMatch(/^Waits\. .*waits-1.*waits_seconds/);
    expect(registry.values).toHaveLength(16 + 2 * 3);
  });

  it("gives an older layout that stays no series for what its metric rules out", () => {
    const metric = { ...WAITS, labels: { app: APP, kind: ["long", "short"] } };
    const olderLayouts = [{ layout: { id: "waits-1", bounds: [3], max: 10 }, keptAs: "waits_1_seconds" }];
    const impossible = [{ kind: "long" }];
    const registry = new Registry([{ metric, help: "Waits.", impossible, olderLayouts }], TWO_APPS);
    const kept = { ...metric, name: "waits_1_seconds" };
    expect(familyCombinations(registry.family(kept))).toEqual([
      { app: "a", kind: "short" },
      { app: "b", kind: "short" },
    ]);
  });

  it("keeps what is possible for one app only apart from what is for others", () => {
    const metric = { ...COLOURS, labels: { app: APP, colour: ["red", "blue"] } };
    const declarations = [{ metric, help: "Colours.", impossible: [{ app: "a", colour: "red" }] }];
    const before = new Registry(declarations, TWO_APPS);
    expect(familyCombinations(before.family(metric))).toEqual([
      { app: "a", colour: "blue" },
      { app: "b", colour: "red" },
      { app: "b", colour: "blue" },
    ]);
    before.add(before.slotOf(metric, { app: "b", colour: "red" }), 3);
    const after = new Registry(before, { configured: { app: ["b", "a"] } });
    expect(after.values[after.slotOf(metric, { app: "b", colour: "red" })]).toBe(3);
    expect(() => after.slotOf(metric, { app: "a", colour: "red" })).toThrow("cannot have the labels");
  });

  it("counts its series, and those of one app", () => {
    const registry = createRegistry();
    expect(registry.series).toBe(2 * (4 + 5 + 4));
    expect(registry.seriesOfApp("a")).toBe(4 + 5 + 4);
  });

  it("adds what a batch gained, also twice to one slot", () => {
    const registry = createRegistry();
    registry.apply(registry.checked({ slots: [3, 3, 12], amounts: [1, 2, 0.5] }));
    expect([registry.values[3], registry.values[12]]).toEqual([3, 0.5]);
  });

  it("takes over the values of the series that another registry has, and leaves the others at zero", () => {
    const declarations = [
      { metric: COLOURS, help: "Colours." },
      { metric: WAITS, help: "Waits." },
    ];
    const old = new Registry(declarations, TWO_APPS);
    old.add(old.slotOf(COLOURS, { app: "a", colour: "red", size: "m" }), 7);
    old.add(old.slotOf(COLOURS, { app: "b", colour: "red", size: "m" }), 8);
    old.add(old.slotOf(WAITS, { app: "a" }) + 3, 2.5);
    const after = new Registry(old, { configured: { app: ["new", "a"] } });
    expect(after.values[after.slotOf(COLOURS, { app: "a", colour: "red", size: "m" })]).toBe(7);
    expect(after.values[after.slotOf(WAITS, { app: "a" }) + 3]).toBe(2.5);
    expect(after.values.reduce((sum, value) => sum + value, 0)).toBe(9.5);
  });

  it("takes over by the place of a block, so that nothing is looked up for a combination", () => {
    let reads = 0;
    const counted = new Proxy(
      Array.from({ length: 100 }, (_, position) => `value ${position}`),
      {
        get(values, key, receiver) {
          if (/^\d+$/.test(String(key))) reads += 1;
          return Reflect.get(values, key, receiver);
        },
      },
    );
    const metric = { ...COLOURS, labels: { app: APP, colour: counted, size: ["s", "m", "l"] } };
    const before = new Registry([{ metric, help: "Colours." }], TWO_APPS);
    reads = 0;
    const after = new Registry(before, { configured: { app: ["a", "b", "c"] } });
    expect(after.series).toBe(3 * 100 * 3);
    expect(reads).toBe(100);
  });

  it.each([
    [{ slots: [0, 22], amounts: [1, 1] }],
    [{ slots: [0, -1], amounts: [1, 1] }],
    [{ slots: [0, 1.5], amounts: [1, 1] }],
    [{ slots: [0, Number.NaN], amounts: [1, 1] }],
    [{ slots: [0, 1], amounts: [1] }],
    [{ slots: [0], amounts: [1, 1] }],
    [{ slots: [0, 1], amounts: [1, -1] }],
    [{ slots: [0, 1], amounts: [1, Number.NaN] }],
    [{ slots: [0, 1], amounts: [1, Number.POSITIVE_INFINITY] }],
  ])("throws for increments that are at fault and changes nothing: %j", (increments) => {
    const registry = createRegistry();
    expect(() => registry.apply(registry.checked(increments))).toThrow(RangeError);
    expect(registry.values.every((value) => value === 0)).toBe(true);
  });

  it.each([22, -1, 0.5, Number.NaN])("throws when slot %d is added to or set", (slot) => {
    const registry = createRegistry();
    expect(() => registry.add(slot, 1)).toThrow(RangeError);
    expect(() => registry.set(slot, 1)).toThrow(RangeError);
    expect(registry.values.every((value) => value === 0)).toBe(true);
  });

  it.each([
    ["a value that the label does not have", { app: "a", colour: "green", size: "s" }, 'colour="green"'],
    ["a label that is missing", { app: "a", colour: "red" }, 'size="undefined"'],
    ["a combination that is impossible", { app: "a", colour: "red", size: "s" }, "cannot have the labels"],
  ])("throws for %s", (_what, labels, message) => {
    expect(() => createRegistry().slotOf(COLOURS, labels)).toThrow(message);
  });

  it("throws for a metric that was not declared", () => {
    expect(() => createRegistry().slotOf(CAPPED, { route: "x" })).toThrow("capped is not in the registry");
  });

  it("refuses a metric whose label values are not known at start", () => {
    expect(() => new Registry([{ metric: CAPPED, help: "Capped." }])).toThrow("capped has a label route");
  });
});
