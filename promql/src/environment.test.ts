import { CLOSES, CONNECT_DURATION, SERVER_CONNECTIONS_ACTIVE, SESSIONS_ACTIVE } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { countBy, sumBy } from "./aggregations.ts";
import { increase, rate } from "./counters.ts";
import { chooseBy, keepApart, orOfEveryEnvironment, recordedName } from "./environment.ts";
import { absent, avgOverTime, vector } from "./functions.ts";
import { and, andOn, compare, divide, orOn, subtract, unlessOn } from "./operators.ts";
import { histogramQuantile } from "./quantiles.ts";
import { firingAlerts, gauge, recordedSeries } from "./selection.ts";

const LABELS = ["cluster", "namespace"];
const RECORDED = recordedSeries("app:ws_sessions:sum", ["app"]);
const closes = sumBy(["app"], rate(CLOSES, {}, "5m"));

function kept(of: Parameters<typeof keepApart>[0]): string {
  return keepApart(of, LABELS).promql.replaceAll(/\s+/g, " ");
}

describe("keepApart", () => {
  it("keeps the labels in every aggregation, those over everything too", () => {
    expect(kept(divide(sumBy([], rate(CLOSES, {}, "5m")), sumBy([], closes)))).toBe(
      "sum by (cluster, namespace) (rate(ws_client_closes_total[5m])) / sum by (cluster, namespace) (sum by (cluster, namespace, app) (rate(ws_client_closes_total[5m])))",
    );
    expect(keepApart(closes, LABELS).labels).toEqual(["cluster", "namespace", "app"]);
  });

  it("reads what is recorded under the name that has them", () => {
    expect(kept(avgOverTime(RECORDED, "1h"))).toBe(
      "avg_over_time(cluster_namespace_app:ws_sessions:sum[1h])",
    );
    expect(recordedName(":ws_ratio:rate10m", LABELS)).toBe("cluster_namespace:ws_ratio:rate10m");
    expect(recordedName("ws_client_closes_total", LABELS)).toBe("ws_client_closes_total");
  });

  it("matches operands by them", () => {
    const lost = compare(RECORDED, ">", 1);
    expect(kept(unlessOn([], lost, sumBy([], closes)))).toContain("unless on (cluster, namespace) sum");
    expect(kept(and(lost, compare(closes, ">", 0)))).toContain("and sum by (cluster, namespace, app)");
    expect(kept(subtract(1, closes))).toMatch(/^1 - sum by \(cluster, namespace, app\)/);
  });

  it("knows that a function has the labels of whichever of its arguments has series", () => {
    const quantile = histogramQuantile(0.95, CONNECT_DURATION, {}, "5m", ["app"]);
    expect(keepApart(quantile, LABELS).labels).toEqual(["cluster", "namespace", "app"]);
    expect(kept(unlessOn(["app"], quantile, closes))).toContain("unless on (cluster, namespace, app)");
  });

  it("lets what stands for no series stand for all", () => {
    const opened = compare(sumBy([], increase(CLOSES, {}, "5m")), ">", 0);
    const gone = absent(gauge(SERVER_CONNECTIONS_ACTIVE, {}));
    expect(kept(andOn([], gone, opened))).toBe(
      "absent(ws_connections_active) and on () sum by (cluster, namespace) (increase(ws_client_closes_total[5m])) > 0",
    );
    expect(kept(orOn([], opened, gone))).toMatch(/ or on \(\) absent\(ws_connections_active\)$/);
    expect(keepApart(gone, LABELS).labels).toEqual([]);
    expect(kept(vector(1))).toBe("vector(1)");
  });

  it("changes nothing where there are none", () => {
    const expression = divide(closes, RECORDED);
    expect(keepApart(expression, [])).toEqual(expression);
  });
});

describe("chooseBy", () => {
  it("matches every series by a variable of the label's name", () => {
    const chosen = chooseBy(divide(closes, sumBy(["app"], gauge(SESSIONS_ACTIVE, { app: "chat" }))), [
      "cluster",
    ]);
    expect(chosen.promql.replaceAll(/\s+/g, " ")).toBe(
      'sum by (app) (rate(ws_client_closes_total{cluster=~"$cluster"}[5m])) / sum by (app) (ws_client_sessions_active{app="chat",cluster=~"$cluster"})',
    );
  });

  it("reads what is recorded under the name that has them", () => {
    expect(chooseBy(RECORDED, ["cluster"]).promql).toBe('cluster_app:ws_sessions:sum{cluster=~"$cluster"}');
  });

  it("finds series without the label, whichever is chosen, where they are of every environment", () => {
    const watchdog = orOfEveryEnvironment(firingAlerts({ alertname: "Watchdog" }));
    expect(watchdog.promql).toBe('ALERTS{alertstate="firing",alertname="Watchdog"}');
    expect(chooseBy(countBy([], watchdog), ["cluster"]).promql).toBe(
      'count(ALERTS{alertstate="firing",alertname="Watchdog",cluster=~"$cluster|"})',
    );
  });

  it("reads what is recorded by the label that is chosen under its own name", () => {
    const ofApps = chooseBy(RECORDED, ["app"]);
    expect(ofApps.promql).toBe('app:ws_sessions:sum{app=~"$app"}');
    expect(chooseBy(ofApps, ["cluster"]).promql).toBe(
      'cluster_app:ws_sessions:sum{app=~"$app",cluster=~"$cluster"}',
    );
  });
});
