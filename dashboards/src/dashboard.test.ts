import { createCatalog, DUPLICATES_DROPPED } from "@sockscope/catalog";
import { rate } from "@sockscope/promql";
import { describe, expect, it } from "vitest";
import { closeCodeLooks } from "./close-looks.ts";
import { buildDashboard } from "./dashboard.ts";
import { graph } from "./graph.ts";
import { flow } from "./grid.ts";
import { DASHBOARDS, dashboards, generate } from "./index.ts";
import type { PanelSpec } from "./panel.ts";

function panel(id: number): PanelSpec {
  return graph({
    id,
    width: 12,
    height: 8,
    title: `Panel ${id}`,
    description: "For a test.",
    unit: "cps",
    queries: [{ expression: rate(DUPLICATES_DROPPED, {}, "5m"), legend: "dropped" }],
  });
}

describe("buildDashboard", () => {
  it("refuses two panels with one id, because alerts link to panels by id", () => {
    const spec = { uid: "u", title: "T", description: "D", variables: [], panels: [panel(1), panel(1)] };
    expect(() => buildDashboard(spec)).toThrow('panels "Panel 1" and "Panel 1" share the id 1');
  });

  it("is portable: no id of ours, a chosen data source, not editable", () => {
    for (const spec of DASHBOARDS) {
      const dashboard = buildDashboard(spec);
      expect(dashboard).toMatchObject({ id: null, uid: spec.uid, editable: false });
      const sources = JSON.stringify(dashboard).match(/"uid":"([^"]+)"/g) ?? [];
      expect(new Set(sources)).toEqual(new Set([`"uid":"\${datasource}"`, `"uid":"${spec.uid}"`]));
    }
  });

  it("gives every query of a panel a refId of its own and every panel a description, a unit and a zero", () => {
    for (const { panels = [] } of DASHBOARDS.map(buildDashboard)) {
      for (const built of panels) {
        if (!("targets" in built)) throw new Error(`${built.title} has no queries.`);
        const refIds = built.targets?.map((target) => "refId" in target && target.refId) ?? [];
        expect(new Set(refIds).size, built.title).toBe(refIds.length);
        expect(built.description, built.title).toMatch(/\.$/);
        expect(built.fieldConfig?.defaults, built.title).toMatchObject({ unit: expect.any(String), min: 0 });
      }
    }
  });
});

describe("the colours of a share", () => {
  it.each([0.5, 0.931, 0.9999])("begin between none and all of it, whatever is promised: %d", (share) => {
    const catalog = createCatalog({ targets: { connect_success: { share } } });
    const panels = dashboards(catalog).flatMap((spec) => buildDashboard(spec).panels ?? []);
    const steps = panels.flatMap((built) => {
      const defaults = "fieldConfig" in built ? built.fieldConfig?.defaults : undefined;
      return defaults?.unit === "percentunit" ? (defaults.thresholds?.steps ?? []) : [];
    });
    const from = steps.flatMap(({ value }) => value ?? []);
    expect(from.length).toBeGreaterThan(1);
    expect(from.filter((value) => value < 0 || value > 1)).toEqual([]);
  });
});

describe("a big number", () => {
  it("is that of the moment, so that a series which ended shows nothing", () => {
    const stats = DASHBOARDS.flatMap((spec) => buildDashboard(spec).panels ?? []).filter(
      ({ type }) => type === "stat",
    );
    expect(stats.length).toBeGreaterThan(0);
    for (const built of stats) {
      const targets = "targets" in built ? (built.targets ?? []) : [];
      for (const target of targets)
        expect(target, built.title).toMatchObject({ instant: true, range: false });
      // A moment has no course to draw.
      expect(built, built.title).toMatchObject({ options: { graphMode: "none" } });
    }
  });
});

describe("flow", () => {
  it("wraps a panel that no longer fits and starts below the tallest of the row", () => {
    const sizes = [
      { width: 12, height: 4 },
      { width: 8, height: 9 },
      { width: 6, height: 3 },
    ];
    expect(flow(sizes)).toEqual([
      { x: 0, y: 0, w: 12, h: 4 },
      { x: 12, y: 0, w: 8, h: 9 },
      { x: 0, y: 9, w: 6, h: 3 },
    ]);
  });
});

describe("generate", () => {
  it("writes the same bytes every time", () => {
    expect([...generate()]).toEqual([...generate()]);
  });
});

describe("a deployment's own close codes", () => {
  it("have a name and a colour of their family wherever codes are shown", () => {
    const own = { "4001": { name: "signed in elsewhere", meaning: "Own.", userSees: "error" } } as const;
    const text = JSON.stringify(dashboards(createCatalog({ closeCodes: own })).map(buildDashboard));
    expect(text).toContain("4001 signed in elsewhere");
    expect(JSON.stringify(DASHBOARDS.map(buildDashboard))).not.toContain("4001");
    const [look] = closeCodeLooks(createCatalog({ closeCodes: own })).filter(
      ({ legend }) => legend === "4001",
    );
    expect(look?.color).toMatch(/red/);
  });
});

describe("a deployment's own metrics", () => {
  const shared = { symbol: "X", readAs: "A rate", doNot: "add them up." };
  const catalog = createCatalog({
    metrics: [
      {
        ...shared,
        metric: { type: "counter", name: "orders_total", labels: { side: ["buy", "sell"] } },
        help: "Orders that users placed.",
        unit: "orders",
      },
      {
        ...shared,
        metric: {
          type: "histogram",
          name: "fill_seconds",
          labels: {},
          layout: { id: "fill-1", bounds: [1, 2], max: 60 },
        },
        help: "From the order to its fill.",
        unit: "seconds",
      },
    ],
    environmentLabels: ["cluster"],
  });
  const [dashboard = expect.fail()] = dashboards(catalog).filter(({ uid }) => uid.includes("own-metrics"));

  it("have a panel each, which says what they count and how to read it", () => {
    expect(dashboard.panels.map(({ title, description, unit }) => [title, description, unit])).toEqual([
      ["orders_total", "Orders that users placed. A rate. Do not add them up.", "cps"],
      ["fill_seconds", "From the order to its fill. A rate. Do not add them up.", "s"],
    ]);
    const text = JSON.stringify(buildDashboard(dashboard));
    expect(text).toContain(
      'sum by (side) (rate(orders_total{app=~\\"$app\\",cluster=~\\"$cluster\\"}[$__rate_interval]))',
    );
    expect(text).toContain("histogram_quantile(0.95, sum by (le) (rate(fill_seconds_bucket");
  });

  it("have ids that nothing changes but their name", () => {
    expect(dashboard.panels.map(({ id }) => id)).toEqual([552_807, 126_510]);
  });

  it("have no dashboard where there are none", () => {
    expect(DASHBOARDS.map(({ uid }) => uid)).toEqual(["sockscope-connections"]);
  });
});
