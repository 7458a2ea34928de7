import { APP, type Counter, type Histogram, type Metric, RELEASE } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { Registry } from "../registry/registry.ts";
import { Exposition } from "./exposition.ts";
import { prometheusNumber } from "./prometheus-number.ts";

const COUNT: Counter<{ kind: string }> = {
  type: "counter",
  name: "things_total",
  labels: { kind: ["x", 'q"\\\n'] },
};
const WAITS: Histogram<{ app: string }> = {
  type: "histogram",
  name: "waits_seconds",
  labels: { app: APP },
  layout: { id: "waits-1", bounds: [0.5, 2], max: 10 },
};

describe("Exposition", () => {
  it("writes comments, escaped labels and values of a counter", () => {
    const registry = new Registry([{ metric: COUNT, help: "A \\ and a\nbreak." }]);
    registry.add(1, 2.5);
    expect(new Exposition(registry).render().toString()).toBe(
      [
        "# HELP things_total A \\\\ and a\\nbreak.",
        "# TYPE things_total counter",
        'things_total{kind="x"} 0',
        'things_total{kind="q\\"\\\\\\n"} 2.5',
        "",
      ].join("\n"),
    );
  });

  it("writes a histogram's buckets cumulative, per app", () => {
    const registry = new Registry([{ metric: WAITS, help: "Waits." }], { configured: { app: ["a", "b"] } });
    registry.apply(registry.checked({ slots: [0, 1, 2, 3, 4, 7], amounts: [3, 2, 1, 15.5, 7, 0.25] }));
    expect(new Exposition(registry).render().toString()).toBe(
      [
        "# HELP waits_seconds Waits.",
        "# TYPE waits_seconds histogram",
        'waits_seconds_bucket{app="a",le="0.5"} 3',
        'waits_seconds_bucket{app="a",le="2"} 5',
        'waits_seconds_bucket{app="a",le="+Inf"} 6',
        'waits_seconds_sum{app="a"} 15.5',
        'waits_seconds_count{app="a"} 6',
        'waits_seconds_bucket{app="b",le="0.5"} 7',
        'waits_seconds_bucket{app="b",le="2"} 7',
        'waits_seconds_bucket{app="b",le="+Inf"} 7',
        'waits_seconds_sum{app="b"} 0.25',
        'waits_seconds_count{app="b"} 7',
        "",
      ].join("\n"),
    );
  });

  it("writes the same lines whether a release was there at start or was announced", () => {
    const labels = { app: APP, release: RELEASE, kind: ["x", "ö"] };
    const declarations = [
      { metric: { ...COUNT, labels }, help: "Things.", impossible: [{ kind: "x" }] },
      { metric: { ...WAITS, labels }, help: "Waits." },
      { metric: { ...COUNT, name: "plain_total", labels: {} }, help: "Plain." },
    ];
    const apps = ["a", "b"];
    const before = new Registry(declarations, { configured: { app: apps, release: ["1"] } });
    const deployment = { configured: { app: apps, release: ["1", "2"] } };
    const announced = new Exposition(new Registry(before, deployment), new Exposition(before)).render();
    const atStart = new Registry(declarations, deployment);
    expect(announced.toString()).toBe(new Exposition(atStart).render().toString());
    const lines = announced.toString().split("\n");
    expect(lines).toContain('waits_seconds_bucket{app="b",release="2",kind="ö",le="0.5"} 0');
    expect(lines.filter((line) => line !== "" && !line.startsWith("#"))).toHaveLength(atStart.series);
  });

  it("says of each metric what it is", () => {
    const gauge: Metric = { type: "gauge", name: "size", labels: {} };
    const registry = new Registry([{ metric: gauge, help: "Size." }]);
    expect(new Exposition(registry).render().toString()).toBe(
      "# HELP size Size.\n# TYPE size gauge\nsize 0\n",
    );
  });

  it("writes a metric without labels without braces", () => {
    const registry = new Registry([{ metric: { ...COUNT, labels: {} }, help: "Things." }]);
    expect(new Exposition(registry).render().toString()).toContain("\nthings_total 0\n");
  });
});

describe("the values", () => {
  it.each([
    0,
    7,
    10,
    999_999_999,
    1_000_000_000,
    2_147_483_647,
    2_147_483_648,
    4_294_967_301,
    Number.MAX_SAFE_INTEGER,
    0.5,
    1.25e-7,
    -3,
    -1.2345678901234567e-100,
    Number.POSITIVE_INFINITY,
    Number.NaN,
  ])("write %d as a number, whatever way its digits are found", (value) => {
    const registry = new Registry([{ metric: { ...COUNT, labels: {} }, help: "Things." }]);
    registry.set(0, value);
    const text = new Exposition(registry).render().toString();
    expect(text.endsWith(`\nthings_total ${prometheusNumber(value)}\n`)).toBe(true);
  });
});

describe("prometheusNumber", () => {
  it.each([
    [0, "0"],
    [0.031, "0.031"],
    [1e15, "1000000000000000"],
    [1e-7, "1e-7"],
    [Number.POSITIVE_INFINITY, "+Inf"],
    [Number.NEGATIVE_INFINITY, "-Inf"],
    [Number.NaN, "NaN"],
  ])("writes %d as %s", (value, text) => {
    expect(prometheusNumber(value)).toBe(text);
  });
});
