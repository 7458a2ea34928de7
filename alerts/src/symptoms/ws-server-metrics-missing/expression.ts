import { type Catalog, CONNECT_ATTEMPTS, SERVER_CONNECTIONS_ACTIVE } from "@sockscope/catalog";
import { compare, countBy, divide, gauge, groupBy, increase, sumBy, unlessOn, up } from "@sockscope/promql";
import type { AlertRule } from "../alert-rule.ts";

const opened = sumBy([], increase(CONNECT_ATTEMPTS, { outcome: "opened" }, "10m"));

const SUMMARY = "Chat servers serve users, and Prometheus does not see them.";

/** When WsServerMetricsMissing fires. */
export function wsServerMetricsMissingRules(catalog: Catalog): readonly AlertRule[] {
  const { blindShare } = catalog.thresholds.WsServerMetricsMissing;
  const servers = up({ job: catalog.jobs.servers });
  return [
    {
      name: "WsServerMetricsMissing",
      summary: SUMMARY,
      severity: "ticket",
      labels: { evidence: "absent" },
      // Only where browsers prove that a server is there, in an environment as anywhere; `absent()` knows of no environments.
      expression: unlessOn([], compare(opened, ">", 0), groupBy([], gauge(SERVER_CONNECTIONS_ACTIVE, {}))),
      holds: "10m",
    },
    {
      name: "WsServerMetricsMissing",
      summary: SUMMARY,
      severity: "ticket",
      labels: { evidence: "targets" },
      expression: compare(
        divide(countBy(["job"], compare(servers, "==", 0)), countBy(["job"], servers)),
        ">",
        blindShare,
      ),
      holds: "10m",
    },
  ];
}
