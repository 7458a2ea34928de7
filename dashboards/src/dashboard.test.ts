import {
  allMetrics,
  type Catalog,
  createCatalog,
  DEFAULT_CATALOG,
  DUPLICATES_DROPPED,
} from "@sockscope/catalog";
import { type PromqlNode, rate } from "@sockscope/promql";
import { describe, expect, it } from "vitest";
import { buildDashboard, type DashboardSpec, panelsOf } from "./dashboard.ts";
import { DASHBOARDS, dashboards, generate } from "./index.ts";
import { graph } from "./panels/graph.ts";
import type { PanelSpec, Query } from "./panels/panel.ts";
import { builtPanels } from "./testing/built-panels.test-support.ts";

const DROPPED: Query = {
  refId: "dropped",
  expression: rate(DUPLICATES_DROPPED, {}, "5m"),
  legend: "dropped",
};

function panel(id: number, queries: readonly Query[] = [DROPPED]): PanelSpec {
  return graph({
    id,
    width: 24,
    height: 8,
    title: `Panel ${id}`,
    description: "For a test.",
    unit: "cps",
    queries,
  });
}

function dashboardOf(...panels: readonly PanelSpec[]): DashboardSpec {
  return { uid: "u", title: "T", description: "D", variables: [], sections: [{ panels }] };
}

/** Every query by its panel's id and its refId. */
function identities(spec: DashboardSpec): Record<string, unknown> {
  const panels = buildDashboard(spec, DEFAULT_CATALOG).panels ?? [];
  return Object.fromEntries(
    panels.flatMap((built) =>
      ("targets" in built ? (built.targets ?? []) : []).map((target) => {
        const { refId, expr } = target as { refId?: string; expr?: string };
        return [`${built.id} ${refId}`, expr];
      }),
    ),
  );
}

/** Whether a result is only there above zero. */
function hidesZero(node: PromqlNode): boolean {
  if (node.kind === "call") return node.args.some(hidesZero);
  if (node.kind === "subquery") return hidesZero(node.of);
  return node.kind === "binary" && node.operator === ">";
}

describe("buildDashboard", () => {
  it("refuses one id for two, because alerts link to panels by id", () => {
    const spec = dashboardOf(panel(1), panel(1));
    expect(() => buildDashboard(spec, DEFAULT_CATALOG)).toThrow('"Panel 1" and "Panel 1" share the id 1');
    const sections = [{ heading: { id: 1, title: "Why?" }, panels: [panel(1)] }];
    expect(() => buildDashboard({ ...spec, sections }, DEFAULT_CATALOG)).toThrow(
      '"Why?" and "Panel 1" share the id 1',
    );
  });

  it.each([
    ["two queries of one refId", [DROPPED, DROPPED]],
    ["a refId that no transformation can name", [{ ...DROPPED, refId: "a b" }]],
  ])("refuses %s", (_, queries) => {
    expect(() => buildDashboard(dashboardOf(panel(1, queries)), DEFAULT_CATALOG)).toThrow(/the refId "/);
  });

  it("keeps every id and refId when panels and queries are moved", () => {
    for (const spec of DASHBOARDS) {
      const sections = spec.sections
        .map((section) => ({ ...section, panels: [...section.panels].reverse() }))
        .reverse();
      expect(identities({ ...spec, sections })).toEqual(identities(spec));
    }
    const other: Query = { ...DROPPED, refId: "other", expression: rate(DUPLICATES_DROPPED, {}, "1h") };
    expect(identities(dashboardOf(panel(1, [other, DROPPED])))).toEqual(
      identities(dashboardOf(panel(1, [DROPPED, other]))),
    );
  });

  it("is portable: no id of ours, a chosen data source, not editable", () => {
    for (const spec of DASHBOARDS) {
      const dashboard = buildDashboard(spec, DEFAULT_CATALOG);
      expect(dashboard).toMatchObject({ id: null, uid: spec.uid, editable: false });
      const sources = JSON.stringify(dashboard).match(/"uid":"([^"]+)"/g) ?? [];
      expect(new Set(sources)).toEqual(new Set([`"uid":"\${datasource}"`, `"uid":"${spec.uid}"`]));
    }
  });

  it("gives every panel a description that ends with what to read next, a unit and a word for no data", () => {
    for (const { title, description, fieldConfig } of builtPanels()) {
      expect(description, title).toMatch(/\.\n\n\[Runbook.*\]\(https:\/\/\S+\.md\)$/);
      expect(fieldConfig?.defaults, title).toMatchObject({
        unit: expect.any(String),
        noValue: "no data",
      });
    }
  });

  it("gives every panel a title of its own, among all dashboards: what explains a metric names its panels", () => {
    const titles = builtPanels(createCatalog({ hasReleases: true })).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it("says of every quantile from where on it says no more than that", () => {
    const panels = DASHBOARDS.flatMap(panelsOf).filter(({ queries }) =>
      queries.some(({ expression }) => expression.promql.includes("histogram_quantile")),
    );
    expect(panels.length).toBeGreaterThan(0);
    for (const { title, description, queries } of panels) {
      const text = queries.map(({ expression }) => expression.promql).join();
      const read = allMetrics(DEFAULT_CATALOG).filter(({ metric }) => text.includes(`${metric.name}_bucket`));
      const last = read.flatMap(({ metric }) =>
        "layout" in metric ? (metric.layout.bounds.at(-1) ?? []) : [],
      );
      expect(last, title).toHaveLength(1);
      expect(description, title).toContain(`; ${last[0]} s stands for that and everything above`);
    }
  });

  it("does not carry what only checks of its numbers read", () => {
    const traits = DASHBOARDS.flatMap(panelsOf).flatMap((spec) => spec.traits ?? []);
    expect(traits).not.toEqual([]);
    const text = JSON.stringify(builtPanels());
    expect(traits.filter((trait) => text.includes(`"${trait}"`))).toEqual([]);
  });

  it("hides no zero of a line, whose end is the news", () => {
    const lines = builtPanels().filter(({ fieldConfig }) => {
      const { drawStyle, stacking } = fieldConfig?.defaults.custom ?? {};
      return drawStyle === "line" && stacking?.mode === "none";
    });
    const drawn = new Set(lines.map(({ title }) => title));
    expect(drawn.size).toBeGreaterThan(0);
    const hiding = DASHBOARDS.flatMap(panelsOf).filter(
      ({ title, queries }) =>
        drawn.has(title) && queries.some(({ expression }) => hidesZero(expression.node)),
    );
    expect(hiding.map(({ title }) => title)).toEqual([]);
  });

  it("draws a target from below as a line alone, whose bad side would be most of the graph", () => {
    const lines = builtPanels().filter(
      ({ fieldConfig }) => (fieldConfig?.defaults.thresholds?.steps ?? [])[0]?.color === "red",
    );
    const graphs = lines.filter(({ type }) => type === "timeseries");
    expect(graphs.length).toBeGreaterThan(0);
    for (const { title, fieldConfig } of graphs)
      expect(fieldConfig?.defaults.custom, title).toMatchObject({ thresholdsStyle: { mode: "dashed" } });
  });

  it("begins every axis at zero", () => {
    const graphs = builtPanels().filter(({ type }) => type === "timeseries");
    expect(graphs.length).toBeGreaterThan(0);
    for (const { title, fieldConfig } of graphs) expect(fieldConfig?.defaults.min, title).toBe(0);
  });

  it("leads to the other dashboards with the reader's time and variables, and to the runbooks", () => {
    for (const spec of DASHBOARDS) {
      const { links } = buildDashboard(spec, DEFAULT_CATALOG, { runbooks: "https://wiki.example/r" });
      expect(links).toMatchObject([
        { type: "dashboards", tags: ["sockscope"], keepTime: true, includeVars: true },
        { type: "link", url: "https://wiki.example/r/README.md" },
      ]);
    }
  });

  it("marks pages, tickets and planned restarts, and releases where there are any", () => {
    const marked = (catalog: Catalog): unknown =>
      dashboards(catalog).map((spec) =>
        buildDashboard(spec, catalog).annotations?.list?.map(({ name }) => name),
      );
    const always = ["Pages", "Tickets", "Planned restarts"];
    expect(marked(DEFAULT_CATALOG)).toEqual(DASHBOARDS.map(() => always));
    expect(marked(createCatalog({ hasReleases: true }))).toEqual(
      DASHBOARDS.map(() => [...always, "Releases"]),
    );
  });
});

describe("the colours of a share", () => {
  it.each([0.5, 0.931, 0.9999])("begin between none and all of it, whatever is promised: %d", (share) => {
    const catalog = createCatalog({ targets: { connect_success: { share } } });
    const steps = builtPanels(catalog).flatMap(({ fieldConfig }) => {
      const defaults = fieldConfig?.defaults;
      return defaults?.unit === "percentunit" ? (defaults.thresholds?.steps ?? []) : [];
    });
    const from = steps.flatMap(({ value }) => value ?? []);
    expect(from.length).toBeGreaterThan(1);
    expect(from.filter((value) => value < 0 || value > 1)).toEqual([]);
  });
});

describe("a big number", () => {
  const stats = builtPanels().filter(({ type }) => type === "stat");

  it("is that of the moment, so that a series which ended shows nothing", () => {
    expect(stats.length).toBeGreaterThan(0);
    for (const built of stats) {
      for (const target of built.targets ?? [])
        expect(target, built.title).toMatchObject({ instant: true, range: false });
      // A moment has no course to draw.
      expect(built, built.title).toMatchObject({ options: { graphMode: "none" } });
    }
  });

  it("has no verdict on what is unknown", () => {
    for (const { title, fieldConfig } of stats) {
      expect(fieldConfig?.defaults.mappings, title).toMatchObject([
        { type: "special", options: { match: "null+nan", result: { text: "no data", color: "gray" } } },
      ]);
    }
  });
});

describe("generate", () => {
  it("writes the same bytes every time", () => {
    expect([...generate()]).toEqual([...generate()]);
  });
});
