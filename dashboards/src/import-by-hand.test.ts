import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { buildDashboard } from "./dashboard.ts";
import { forImportByHand } from "./import-by-hand.ts";
import { DASHBOARDS, dashboardFiles, dashboardFilesForImport } from "./index.ts";

describe.each(DASHBOARDS)("$title, imported by hand", (spec) => {
  const dashboard = buildDashboard(spec, DEFAULT_CATALOG);
  const imported = forImportByHand(dashboard);

  it("asks for one data source, which is then the chosen one", () => {
    expect(imported.__inputs).toMatchObject([{ name: "DS_PROMETHEUS", type: "datasource" }]);
    // What Grafana does with the answer.
    const answered = JSON.parse(JSON.stringify(imported).replaceAll(`\${DS_PROMETHEUS}`, "my-prometheus"));
    expect(answered.templating.list[0]).toMatchObject({
      type: "datasource",
      current: { value: "my-prometheus" },
    });
    expect(JSON.stringify(answered)).not.toContain("DS_PROMETHEUS}");
  });

  it("says which panels it needs", () => {
    const needed = imported.__requires.flatMap((plugin) => ("id" in plugin ? [plugin.id] : []));
    expect(needed).toContain("timeseries");
    expect(needed).not.toContain("row");
  });

  it("differs from what is provisioned in nothing else", () => {
    const { __inputs, __requires, templating, ...rest } = imported;
    const { templating: _, ...provisioned } = dashboard;
    expect(rest).toEqual(provisioned);
    expect(templating?.list?.slice(1)).toEqual(dashboard.templating?.list?.slice(1));
  });
});

it("there is a file of each dashboard for either way", () => {
  expect([...dashboardFilesForImport(DEFAULT_CATALOG).keys()]).toEqual([
    ...dashboardFiles(DEFAULT_CATALOG).keys(),
  ]);
  for (const content of dashboardFiles(DEFAULT_CATALOG).values()) expect(content).not.toContain("__inputs");
});
