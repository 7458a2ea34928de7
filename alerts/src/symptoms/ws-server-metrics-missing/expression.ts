import { CONNECT_ATTEMPTS, SERVER_CONNECTIONS_ACTIVE } from "@sockscope/catalog";
import { absent, andOn, compare, countBy, divide, gauge, increase, sumBy, up } from "@sockscope/promql";
import type { AlertRule } from "../alert-rule.ts";

/** The `job` under which the scrape configuration has the chat servers. */
export const SERVER_JOB = "chat-server";
/** Of the chat servers. */
export const BLIND_SHARE = 0.2;

const opened = sumBy([], increase(CONNECT_ATTEMPTS, { outcome: "opened" }, "10m"));
const servers = up({ job: SERVER_JOB });

const SUMMARY = "Chat servers serve users, and Prometheus does not see them.";

/** When WsServerMetricsMissing fires. */
export const WS_SERVER_METRICS_MISSING_RULES: readonly AlertRule[] = [
  {
    name: "WsServerMetricsMissing",
    summary: SUMMARY,
    severity: "ticket",
    labels: { evidence: "absent" },
    // Only where browsers prove that a server is there.
    expression: andOn([], absent(gauge(SERVER_CONNECTIONS_ACTIVE, {})), compare(opened, ">", 0)),
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
      BLIND_SHARE,
    ),
    holds: "10m",
  },
];
