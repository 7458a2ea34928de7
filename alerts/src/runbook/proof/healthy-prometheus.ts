import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import {
  ALERTMANAGERS_DISCOVERED,
  NOTIFICATION_ERRORS,
  NOTIFICATIONS_SENT,
  RECEIVER_FAILURES,
  RECEIVER_NOTIFICATIONS,
  ROUNDS_MISSED,
  RULE_FAILURES,
  SCRAPE_DURATION,
} from "../metrics/prometheus-metrics.ts";

/* What Prometheus and Alertmanager say of themselves while all is well with them. */

type Target = Readonly<Record<"job" | "instance", string>>;

/** The labels of the collector's target. */
export function collector(): Target {
  return { job: DEFAULT_CATALOG.jobs.collectors, instance: "collector-1:9464" };
}

/** The labels under which Prometheus scrapes itself. */
export const PROMETHEUS: Target = { job: "prometheus", instance: "prometheus-1:9090" };

/** The labels under which it scrapes Alertmanager. */
export const ALERTMANAGER: Target = { job: "alertmanager", instance: "alertmanager-1:9093" };

/** The series of the alert that always fires. */
export const WATCHDOG_FIRES: string = selector("ALERTS", {
  alertname: "Watchdog",
  alertstate: "firing",
  severity: "none",
});

/**
 * Their series, in promtool's notation, a sample a minute.
 *
 * @param targets whom Prometheus scrapes
 * @param minutes how many samples there are
 */
export function healthyPrometheus(targets: readonly Target[], minutes: number): [string, string][] {
  const { name: scrapes } = SCRAPE_DURATION;
  return [
    ...targets.map((target): [string, string] => [selector(scrapes, target), `0.05x${minutes}`]),
    [WATCHDOG_FIRES, `1x${minutes}`],
    [selector(ALERTMANAGERS_DISCOVERED.name, PROMETHEUS), `1x${minutes}`],
    [selector(NOTIFICATIONS_SENT.name, PROMETHEUS), `0+4x${minutes}`],
    [selector(NOTIFICATION_ERRORS.name, PROMETHEUS), `0x${minutes}`],
    [selector(RULE_FAILURES.name, PROMETHEUS), `0x${minutes}`],
    [selector(ROUNDS_MISSED.name, PROMETHEUS), `0x${minutes}`],
    [selector(RECEIVER_NOTIFICATIONS.name, ALERTMANAGER), `0+1x${minutes}`],
    [selector(RECEIVER_FAILURES.name, ALERTMANAGER), `0x${minutes}`],
  ];
}
