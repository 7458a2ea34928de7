import { selector } from "@sockscope/promql";
import {
  ALERTMANAGERS_DISCOVERED,
  NOTIFICATION_ERRORS,
  RECEIVER_FAILURES,
  ROUNDS_MISSED,
  RULE_FAILURES,
} from "../../runbook/metrics/prometheus-metrics.ts";
import { ALERTMANAGER, PROMETHEUS, WATCHDOG_FIRES } from "../../runbook/proof/healthy-prometheus.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

/** As Prometheus' API lists rules. */
function rulesNamed(...names: readonly string[]): string {
  const groups = [{ name: "sockscope.alerts", rules: names.map((name) => ({ name, type: "alerting" })) }];
  return JSON.stringify({ status: "success", data: { groups } });
}

/** What each question of the runbook is to see. */
export const WATCHDOG_RUNBOOK_CASES: RunbookCases = {
  broken: {
    "watchdog-fires": { [WATCHDOG_FIRES]: "1x60 stale" },
    "receivers-failed": { [selector(RECEIVER_FAILURES.name, ALERTMANAGER)]: "0+1x100" },
    "alertmanagers-discovered": { [selector(ALERTMANAGERS_DISCOVERED.name, PROMETHEUS)]: "0x100" },
    "alertmanager-failed": { [selector(NOTIFICATION_ERRORS.name, PROMETHEUS)]: "0+4x100" },
    "rules-failed": { [selector(RULE_FAILURES.name, PROMETHEUS)]: "0+1x100" },
    "rounds-left-out": { [selector(ROUNDS_MISSED.name, PROMETHEUS)]: "0+1x100" },
  },
  answers: {
    "prometheus-ready": { to: "GET /-/ready", healthy: { status: 200 }, broken: { status: 503 } },
    "watchdog-loaded": {
      to: "GET /api/v1/rules?type=alert",
      healthy: { status: 200, body: () => rulesNamed("WsCollectorDown", "Watchdog") },
      broken: { status: 200, body: () => rulesNamed("WsCollectorDown") },
    },
    "alertmanager-ready": { to: "GET /-/ready", healthy: { status: 200 }, broken: { status: 503 } },
    "watchdog-silenced": {
      to: 'GET /api/v2/alerts?filter=alertname="Watchdog"',
      healthy: { status: 200, body: () => JSON.stringify([{ status: { state: "active" } }]) },
      broken: { status: 200, body: () => JSON.stringify([{ status: { state: "suppressed" } }]) },
    },
  },
};
