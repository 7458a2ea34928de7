import { describe, expect, it } from "vitest";
import type { DocumentedMetric, Metric } from "./index.ts";
import * as catalog from "./index.ts";
import * as protocol from "./protocol.ts";

const { DEFAULT_CATALOG } = catalog;
const TARGETS = catalog.allTargets(DEFAULT_CATALOG.targets);
const ALL: readonly DocumentedMetric[] = catalog.allMetrics(DEFAULT_CATALOG);
const metrics: readonly Metric[] = ALL.map(({ metric }) => metric);

describe("metrics", () => {
  it("have unique names with the prefix of their source", () => {
    expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
    expect(
      DEFAULT_CATALOG.clientMetrics.filter(({ metric }) => !metric.name.startsWith("ws_client_")),
    ).toEqual([]);
    expect(
      DEFAULT_CATALOG.serverMetrics.filter(({ metric }) => !/^ws_(?!client_)/.test(metric.name)),
    ).toEqual([]);
    expect(
      DEFAULT_CATALOG.collectorMetrics.filter(
        ({ metric }) => !metric.name.startsWith("sockscope_collector_"),
      ),
    ).toEqual([]);
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
        if ("kind" in domain) continue;
        expect(new Set(domain).size, `${name}{${label}}`).toBe(domain.length);
      }
    }
  });

  it("have ascending buckets below their largest value, and one layout per id", () => {
    const layouts = ALL.flatMap(({ metric, olderLayouts = [] }) =>
      "layout" in metric ? [metric.layout, ...olderLayouts.map(({ layout }) => layout)] : [],
    );
    for (const layout of layouts) {
      expect(layout.bounds, layout.id).toEqual([...new Set(layout.bounds)].sort((a, b) => a - b));
      expect(layout.bounds.at(-1), layout.id).toBeLessThan(layout.max);
      expect(layouts.filter(({ id }) => id === layout.id).every((other) => other === layout)).toBe(true);
    }
  });
});

describe("the times that decide what counts", () => {
  it("are part of what a metric means: whoever changes one says so here", () => {
    expect(catalog.STABLE_UPTIME_MS).toBe(5_000);
    expect(catalog.CONNECT_TIMEOUT_MS).toBe(20_000);
    expect(catalog.AFFECTED_AGAIN_MS).toBe(600_000);
    expect(catalog.SESSION_SILENCE_MS).toBe(150_000);
  });

  it("let a session miss one of its keep-alives without vanishing", () => {
    expect(catalog.SESSION_SILENCE_MS).toBeGreaterThan(2 * protocol.KEEP_ALIVE_MS);
  });
});

describe("the numbers of the protocol", () => {
  it("are part of what both sides understand: whoever changes one says so here", () => {
    expect(protocol.PROTOCOL_VERSION).toBe(1);
    expect(protocol.MAX_BATCH_BYTES).toBe(16_384);
    expect(protocol.MAX_BATCH_AGE_MS).toBe(1_800_000);
    expect(protocol.DEDUPLICATION_WINDOW).toBe(64);
    expect(protocol.MAX_DELTA).toBe(1_000_000);
    expect(protocol.KEEP_ALIVE_MS).toBe(60_000);
  });
});

describe("idle timeouts", () => {
  it("lie between two neighbouring bounds of the connections' layout", () => {
    const { bounds } = catalog.CONNECTION_LAYOUT;
    for (const {
      seconds,
      between: [below, above],
    } of catalog.IDLE_TIMEOUTS) {
      expect(bounds.indexOf(above)).toBe(bounds.indexOf(below) + 1);
      expect(bounds).toContain(below);
      expect(seconds).toBeGreaterThan(below);
      expect(seconds).toBeLessThan(above);
    }
  });
});

describe("older layouts", () => {
  it("stay a histogram of their own exactly where their buckets do not nest in the newest", () => {
    for (const { metric, olderLayouts = [] } of ALL) {
      if (!("layout" in metric)) continue;
      for (const { layout, keptAs } of olderLayouts) {
        const nests = metric.layout.bounds.every((bound) => layout.bounds.includes(bound));
        expect(keptAs === undefined, `${metric.name} ${layout.id}`).toBe(nests);
      }
    }
  });
});

describe("label combinations", () => {
  it("multiply label domains, the last label varying fastest", () => {
    const combinations = catalog.labelCombinations({ metric: catalog.RECONNECT_EPISODES });
    expect(combinations).toHaveLength(3 * 2);
    expect(combinations.slice(0, 2)).toEqual([
      { outcome: "recovered", after: "close" },
      { outcome: "recovered", after: "offline" },
    ]);
  });

  it("leave out what the catalog rules out", () => {
    const closes = DEFAULT_CATALOG.clientMetrics.find(({ metric }) => metric === catalog.CLOSES);
    const combinations = catalog.labelCombinations(closes ?? expect.fail());
    expect(combinations.filter(({ ended_by }) => ended_by === "left")).toEqual([
      { code: "none", phase: "opened", ended_by: "left" },
    ]);
    expect(combinations.filter(({ phase }) => phase === "never_opened")).toEqual([
      { code: "1006", phase: "never_opened", ended_by: "network" },
      { code: "1015", phase: "never_opened", ended_by: "network" },
    ]);
    expect(combinations).not.toContainEqual({ code: "1006", phase: "opened", ended_by: "peer" });
  });

  it("have the configured values, and other where the domain has it", () => {
    const deployment = { configured: { app: ["chat", "shop"] } };
    const results = catalog.labelCombinations({ metric: catalog.COLLECTOR_BATCHES }, deployment);
    expect(new Set(results.map(({ app }) => app))).toEqual(new Set(["chat", "shop", "other"]));
    expect(catalog.labelCombinations({ metric: catalog.COLLECTOR_MEASUREMENTS }, deployment)).toEqual([
      { app: "chat" },
      { app: "shop" },
    ]);
  });
});

describe("worstCaseSeries", () => {
  it("counts a histogram's buckets, sum and count, and those of layouts that stay", () => {
    expect(catalog.worstCaseSeries([{ metric: catalog.DUPLICATES_DROPPED }])).toBe(1);
    expect(catalog.worstCaseSeries([{ metric: catalog.RTT }])).toBe(12 + 1 + 2);
    const olderLayouts = [{ layout: catalog.CONNECTION_LAYOUT_1, keptAs: "old_seconds" }];
    const metric = catalog.CONNECTION_DURATION;
    expect(catalog.worstCaseSeries([{ metric, olderLayouts }])).toBe(19 + 3 + 13 + 3);
  });

  it("multiplies opt-in labels only when they are asked for", () => {
    const metrics = [{ metric: catalog.SERVER_CONNECTIONS_ACTIVE }];
    expect(catalog.worstCaseSeries(metrics)).toBe(9);
    expect(catalog.worstCaseSeries(metrics, { optIn: true })).toBe(9 * 21);
  });

  it.each([DEFAULT_CATALOG, catalog.createCatalog({ hasReleases: true })])(
    "is the number of all label combinations, without making them",
    (of) => {
      const deployment = { configured: { app: ["a", "b", "c"], release: ["1", "2"] } };
      for (const counted of catalog.exposedMetrics(of)) {
        const perCombination = catalog.worstCaseSeries([
          { metric: { ...counted.metric, labels: {} }, olderLayouts: counted.olderLayouts ?? [] },
        ]);
        expect(catalog.worstCaseSeries([counted], deployment)).toBe(
          catalog.labelCombinations(counted, deployment).length * perCombination,
        );
      }
    },
  );

  it("tells more series than memory could hold", () => {
    const values = Array.from({ length: 1000 }, (_, position) => `v${position}`);
    const metric: catalog.Metric = {
      type: "counter",
      name: "many_total",
      labels: { a: values, b: values, c: values, d: values },
    };
    expect(catalog.worstCaseSeries([{ metric, impossible: [{ a: "v0" }] }])).toBe(999 * 1000 ** 3);
  });

  it("stays below 1,200 for one app, with all that is declared", () => {
    expect(
      catalog.worstCaseSeries([...DEFAULT_CATALOG.clientMetrics, ...DEFAULT_CATALOG.collectorMetrics]),
    ).toBeLessThan(1200);
  });
});

describe("targets", () => {
  it("have distinct ids, and a bound that is one of their histogram's", () => {
    expect(new Set(TARGETS.map(({ id }) => id)).size).toBe(TARGETS.length);
    for (const {
      id,
      metrics: [histogram],
      objective,
    } of TARGETS) {
      if (objective.kind !== "share at bound") continue;
      expect(histogram && "layout" in histogram ? histogram.layout.bounds : [], id).toContain(
        objective.bound,
      );
    }
  });
});
