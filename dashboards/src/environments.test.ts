import { createCatalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { buildDashboard } from "./dashboard.ts";
import { DASHBOARDS, dashboards } from "./index.ts";
import { builtPanels } from "./testing/built-panels.test-support.ts";

/** Every query of every panel. */
function queries(catalog = DEFAULT_CATALOG): string[] {
  return builtPanels(catalog).flatMap(({ targets = [] }) =>
    targets.map((target) => (target as { expr?: string }).expr ?? expect.fail()),
  );
}

describe("where everything is kept apart by cluster", () => {
  const catalog = createCatalog({ environmentLabels: ["cluster"], hasReleases: true });

  it("every recorded series is read under the name that has the label, which alone would make two sides no pair", () => {
    const recorded = queries(catalog).flatMap((query) => query.match(/[a-z_]*:[a-z_]+:[a-z_0-9]+/g) ?? []);
    expect(recorded.length).toBeGreaterThan(0);
    expect(recorded.filter((name) => !/^cluster(_|:)/.test(name))).toEqual([]);
    expect(recorded.join()).not.toContain("app_app");
  });

  it("every table of the overview has a column of it, which tells its rows apart", () => {
    const [overview = expect.fail()] = dashboards(catalog);
    const tables = (buildDashboard(overview, catalog).panels ?? []).filter(({ type }) => type === "table");
    expect(tables.length).toBeGreaterThan(0);
    for (const table of tables) expect(JSON.stringify(table), table.title).toContain('"cluster":"Cluster"');
  });

  it("every dashboard chooses by it", () => {
    for (const spec of dashboards(catalog)) {
      const names = buildDashboard(spec, catalog).templating?.list?.map(({ name }) => name);
      expect(names, spec.uid).toEqual(["datasource", "cluster", "app"]);
    }
  });
});

it("no dashboard chooses by what it does not have", () => {
  for (const spec of DASHBOARDS) expect(spec.variables).toEqual(["app"]);
});
