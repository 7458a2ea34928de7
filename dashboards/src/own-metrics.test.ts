import { createCatalog } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { buildDashboard, panelsOf } from "./dashboard.ts";
import { DASHBOARDS, dashboards } from "./index.ts";

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
    expect(panelsOf(dashboard).map(({ title, description, unit }) => [title, description, unit])).toEqual([
      ["orders_total", "Orders that users placed. A rate. Do not add them up.", "cps"],
      [
        "fill_seconds",
        "From the order to its fill. A rate. Do not add them up. Interpolated within its bucket; 2 s stands for that and everything above.",
        "s",
      ],
    ]);
    const text = JSON.stringify(buildDashboard(dashboard, catalog));
    expect(text).toContain(
      'sum by (side) (rate(orders_total{app=~\\"$app\\",cluster=~\\"$cluster\\"}[$__rate_interval]))',
    );
    expect(text).toContain("histogram_quantile(0.95, sum by (le) (rate(fill_seconds_bucket");
  });

  it("have ids that nothing changes but their name", () => {
    expect(panelsOf(dashboard).map(({ id }) => id)).toEqual([552_807, 126_510]);
  });

  it("have no dashboard where there are none", () => {
    expect(DASHBOARDS.map(({ uid }) => uid)).not.toContain("sockscope-own-metrics");
  });
});
