import { CONNECT_DURATION, SERVER_CONNECTION_AGE, SERVER_CONNECTIONS_ACTIVE } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { countBy, groupBy, sumBy } from "./aggregations.ts";
import { absent, avgOverTime, clampMax, exp, lastOverTime, maxOverTime, vector } from "./functions.ts";
import { compare } from "./operators.ts";
import { gaugeHistogramQuantile, histogramQuantile } from "./quantiles.ts";
import { gauge, up } from "./selection.ts";

const active = gauge(SERVER_CONNECTIONS_ACTIVE, {});

describe("aggregations", () => {
  it("keep apart the labels that they name, and none without a name", () => {
    expect(sumBy(["job", "route"], active).promql).toBe("sum by (job, route) (ws_connections_active)");
    expect(sumBy([], active).promql).toBe("sum(ws_connections_active)");
    expect(countBy(["job"], compare(up({}), "==", 0)).promql).toBe("count by (job) (up == 0)");
    expect(groupBy(["job"], up({})).promql).toBe("group by (job) (up)");
  });

  it("carry only the labels that they keep apart", () => {
    expect(sumBy(["job"], active).labels).toEqual(["job"]);
  });
});

describe("functions over time", () => {
  it("look back on a selection, from now or from an offset", () => {
    expect(maxOverTime(active, "10m").promql).toBe("max_over_time(ws_connections_active[10m])");
    expect(avgOverTime(active, "1d", { offset: "15m" }).promql).toBe(
      "avg_over_time(ws_connections_active[1d] offset 15m)",
    );
    expect(lastOverTime(active, "30m").promql).toBe("last_over_time(ws_connections_active[30m])");
  });
});

describe("functions of a moment", () => {
  it("take an expression", () => {
    expect(exp(active).promql).toBe("exp(ws_connections_active)");
    expect(absent(compare(up({ job: "a" }), "==", 1)).promql).toBe('absent(up{job="a"} == 1)');
    expect(clampMax(active, 1).promql).toBe("clamp_max(ws_connections_active, 1)");
    expect(clampMax(active, 1).labels).toEqual(active.labels);
    expect(vector(1).promql).toBe("vector(1)");
  });

  it("lose the labels of what is absent", () => {
    expect(absent(active).labels).toEqual([]);
  });
});

describe("quantiles", () => {
  it("adds buckets up by le before it takes a quantile of their rate", () => {
    expect(histogramQuantile(0.95, CONNECT_DURATION, {}, "5m").node).toMatchObject({
      name: "histogram_quantile",
      args: [{ value: 0.95 }, { operator: "sum", by: ["le"], of: { name: "rate" } }],
    });
    expect(histogramQuantile(0.5, CONNECT_DURATION, {}, "5m", ["app"]).promql).toBe(
      "histogram_quantile(0.5, sum by (le, app) (rate(ws_client_connect_duration_seconds_bucket[5m])))",
    );
  });

  it("takes no rate of a gauge histogram", () => {
    expect(gaugeHistogramQuantile(0.95, SERVER_CONNECTION_AGE, {}).promql).toBe(
      "histogram_quantile(0.95, sum by (le) (ws_connection_age_seconds_bucket))",
    );
  });
});
