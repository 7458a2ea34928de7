import {
  CONNECT_DURATION,
  type Period,
  SERVER_CONNECTION_AGE,
  SERVER_CONNECTIONS_ACTIVE,
} from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { countBy, groupBy, largest, maxBy, minBy, smallest, sumBy } from "./aggregations.ts";
import {
  absent,
  avgOverTime,
  clampMax,
  clampMin,
  countEvaluated,
  exp,
  labelled,
  lastOverTime,
  maxEvaluated,
  maxOverTime,
  minEvaluated,
  secondsSince,
  timestamp,
  vector,
} from "./functions.ts";
import { compare, or } from "./operators.ts";
import { PromqlError } from "./promql-error.ts";
import { bucketRates, bucketsNow, gaugeHistogramQuantile, histogramQuantile } from "./quantiles.ts";
import { gauge, recordedSeries, up } from "./selection.ts";

const active = gauge(SERVER_CONNECTIONS_ACTIVE, {});

describe("aggregations", () => {
  it("keep apart the labels that they name, and none without a name", () => {
    expect(sumBy(["job", "route"], active).promql).toBe("sum by (job, route) (ws_connections_active)");
    expect(sumBy([], active).promql).toBe("sum(ws_connections_active)");
    expect(countBy(["job"], compare(up({}), "==", 0)).promql).toBe("count by (job) (up == 0)");
    expect(groupBy(["job"], up({})).promql).toBe("group by (job) (up)");
  });

  it("keep whole series, with their labels", () => {
    expect(smallest(1, active).promql).toBe("bottomk(1, ws_connections_active)");
    expect(largest(5, active).labels).toEqual(active.labels);
    expect(minBy(["job"], up({})).promql).toBe("min by (job) (up)");
    expect(maxBy([], up({})).promql).toBe("max(up)");
  });

  it("refuse to keep less than one series, or a label that is not there", () => {
    expect(() => largest(0, active)).toThrow(PromqlError);
    expect(() => smallest(1.5, active)).toThrow(PromqlError);
    // As from a deployment's configuration, which no compiler has seen.
    expect(() => sumBy(["app"] as never[], up({}))).toThrow("up has no label app; it has job, instance.");
  });

  it("carry only the labels that they keep apart", () => {
    expect(sumBy(["job"], active).labels).toEqual(["job"]);
  });
});

describe("subqueries", () => {
  it("look back on what an expression results in, evaluated every so often", () => {
    expect(maxEvaluated(sumBy(["job"], active), "$__interval", { every: "1m" }).promql).toBe(
      "max_over_time(sum by (job) (ws_connections_active)[$__interval:1m])",
    );
    expect(countEvaluated(active, "30d", { every: "5m" }).promql).toBe(
      "count_over_time(ws_connections_active[30d:5m])",
    );
    expect(minEvaluated(timestamp(active), "30d", { every: "5m", offset: "1h" }).promql).toBe(
      "min_over_time(timestamp(ws_connections_active)[30d:5m] offset 1h)",
    );
    expect(maxEvaluated(sumBy(["job"], active), "1d", { every: "1m" }).labels).toEqual(["job"]);
  });

  it("take an operator's result in parentheses, over several lines where it is long", () => {
    const compared = compare(sumBy(["job"], active), ">", 0);
    expect(maxEvaluated(compared, "1d", { every: "1m" }).promql).toBe(
      "max_over_time((sum by (job) (ws_connections_active) > 0)[1d:1m])",
    );
    const long = or(compared, compare(sumBy(["job"], gauge(SERVER_CONNECTIONS_ACTIVE, {})), "<", 1_000));
    expect(maxEvaluated(long, "1d", { every: "1m" }).promql).toBe(
      `max_over_time(
  (
    sum by (job) (ws_connections_active) > 0
    or
    sum by (job) (ws_connections_active) < 1000
  )[1d:1m]
)`,
    );
  });

  it("refuse what is no period", () => {
    expect(() => maxEvaluated(active, "1d", { every: "0m" as Period })).toThrow(PromqlError);
  });
});

describe("functions over time", () => {
  it("look back on a selection, from now or from an offset", () => {
    expect(maxOverTime(active, "10m").promql).toBe("max_over_time(ws_connections_active[10m])");
    expect(avgOverTime(recordedSeries("job:x:sum", ["job"]), "1d", { offset: "15m" }).promql).toBe(
      "avg_over_time(job:x:sum[1d] offset 15m)",
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
    expect(clampMin(active, 0).promql).toBe("clamp_min(ws_connections_active, 0)");
    expect(vector(1).promql).toBe("vector(1)");
    expect(secondsSince(active).promql).toBe("time() - ws_connections_active");
    expect(labelled(vector(1), "target", 'a "b"').promql).toBe(
      'label_replace(vector(1), "target", "a \\"b\\"", "", "")',
    );
    expect(labelled(active, "target", "x").labels).toEqual([...active.labels, "target"]);
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

  it("refuses what is no quantile", () => {
    for (const quantile of [-0.1, 95, Number.NaN])
      expect(() => histogramQuantile(quantile, CONNECT_DURATION, {}, "5m")).toThrow(PromqlError);
  });

  it("gives a heatmap the rates of the buckets, or what is in them now", () => {
    expect(bucketRates(CONNECT_DURATION, {}, "5m").promql).toBe(
      "sum by (le) (rate(ws_client_connect_duration_seconds_bucket[5m]))",
    );
    expect(bucketsNow(SERVER_CONNECTION_AGE, {}).promql).toBe(
      "sum by (le) (ws_connection_age_seconds_bucket)",
    );
  });

  it("takes no rate of a gauge histogram", () => {
    expect(gaugeHistogramQuantile(0.95, SERVER_CONNECTION_AGE, {}).promql).toBe(
      "histogram_quantile(0.95, sum by (le) (ws_connection_age_seconds_bucket))",
    );
  });
});
