import { describe, expect, it } from "vitest";
import type { DocumentedMetric, Metric } from "./index.ts";
import * as catalog from "./index.ts";

const { CLIENT_METRICS, COLLECTOR_METRICS, SERVER_METRICS, TARGETS } = catalog;
const ALL: readonly DocumentedMetric[] = [...CLIENT_METRICS, ...SERVER_METRICS, ...COLLECTOR_METRICS];
const metrics: readonly Metric[] = ALL.map(({ metric }) => metric);

describe("metrics", () => {
  it("have unique names with the prefix of their source", () => {
    expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
    expect(CLIENT_METRICS.filter(({ metric }) => !metric.name.startsWith("ws_client_"))).toEqual([]);
    expect(SERVER_METRICS.filter(({ metric }) => !/^ws_(?!client_)/.test(metric.name))).toEqual([]);
    expect(COLLECTOR_METRICS.filter(({ metric }) => !metric.name.startsWith("sockscope_collector_"))).toEqual(
      [],
    );
  });

  it("end in _total exactly when they are counters", () => {
    expect(metrics.filter(({ name, type }) => name.endsWith("_total") !== (type === "counter"))).toEqual([]);
  });

  it("name their unit when it is a base unit", () => {
    const wrong = ALL.filter(
      ({ metric, unit }) => /^(seconds|bytes)$/.test(unit) && !metric.name.includes(`_${unit}`),
    );
    expect(wrong).toEqual([]);
  });

  it("are each exported under the symbol that documents them", () => {
    const exported = new Map<string, unknown>(Object.entries(catalog));
    expect(ALL.filter(({ symbol, metric }) => exported.get(symbol) !== metric)).toEqual([]);
  });

  it("have label values that are unique within their domain", () => {
    for (const { name, labels } of metrics) {
      for (const [label, domain] of Object.entries(labels)) {
        if (domain.kind !== "enumerated") continue;
        expect(new Set(domain.values).size, `${name}{${label}}`).toBe(domain.values.length);
      }
    }
  });

  it("have ascending buckets below their largest value, and one layout per id", () => {
    const layouts = metrics.flatMap((metric) => ("buckets" in metric ? [metric.buckets] : []));
    for (const layout of layouts) {
      expect(layout.bounds, layout.id).toEqual([...new Set(layout.bounds)].sort((a, b) => a - b));
      expect(layout.bounds.at(-1), layout.id).toBeLessThan(layout.max);
      expect(layouts.filter(({ id }) => id === layout.id).every((other) => other === layout)).toBe(true);
    }
  });
});

describe("worstCaseSeries", () => {
  it("multiplies label domains and counts a histogram's buckets, sum and count", () => {
    expect(catalog.worstCaseSeries([catalog.DUPLICATES_DROPPED])).toBe(1);
    expect(catalog.worstCaseSeries([catalog.PAGE_RELOADS, catalog.SERVER_CONNECTIONS_ACTIVE])).toBe(2 + 9);
    expect(catalog.worstCaseSeries([catalog.RTT])).toBe(12 + 1 + 2);
  });

  it("multiplies opt-in labels only when they are asked for", () => {
    const metrics = [catalog.SERVER_CONNECTIONS_ACTIVE];
    expect(catalog.worstCaseSeries(metrics)).toBe(9);
    expect(catalog.worstCaseSeries(metrics, true)).toBe(9 * 21);
  });
});

describe("targets", () => {
  it("have thresholds that are bucket boundaries wherever their metric has buckets", () => {
    for (const [id, { metrics: read, threshold }] of Object.entries(TARGETS)) {
      for (const metric of read) {
        if ("buckets" in metric) expect(metric.buckets.bounds, id).toContain(threshold);
      }
    }
  });
});
