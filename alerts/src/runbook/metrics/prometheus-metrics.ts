import type { Counter, Gauge, Metric, NoLabels } from "@sockscope/catalog";

/*
 * What Prometheus knows of its own scrapes, and what it and Alertmanager expose about themselves, where Prometheus scrapes them. See
 * https://prometheus.io/docs/concepts/jobs_instances/ and https://prometheus.io/docs/practices/instrumentation/.
 */

function gaugeNamed(name: string): Gauge<NoLabels, never> {
  return { type: "gauge", name, labels: {}, stamped: [] };
}

function counterNamed(name: string): Counter<NoLabels, never> {
  return { type: "counter", name, labels: {}, stamped: [] };
}

/** How long the last scrape of each target took; Prometheus writes it for every target. */
export const SCRAPE_DURATION: Gauge<NoLabels, never> = gaugeNamed("scrape_duration_seconds");

/** How many Alertmanagers a Prometheus sends to. */
export const ALERTMANAGERS_DISCOVERED: Gauge<NoLabels, never> = gaugeNamed(
  "prometheus_notifications_alertmanagers_discovered",
);

/** Notifications that a Prometheus sent to an Alertmanager, whether they arrived or not. */
export const NOTIFICATIONS_SENT: Counter<NoLabels, never> = counterNamed(
  "prometheus_notifications_sent_total",
);

/** Notifications that no Alertmanager took. */
export const NOTIFICATION_ERRORS: Counter<NoLabels, never> = counterNamed(
  "prometheus_notifications_errors_total",
);

/** Rules whose evaluation failed. */
export const RULE_FAILURES: Counter<NoLabels, never> = counterNamed(
  "prometheus_rule_evaluation_failures_total",
);

/** Rounds of a group of rules that were left out, because the one before took too long. */
export const ROUNDS_MISSED: Counter<NoLabels, never> = counterNamed(
  "prometheus_rule_group_iterations_missed_total",
);

/** Notifications that an Alertmanager tried to send to a receiver. */
export const RECEIVER_NOTIFICATIONS: Counter<NoLabels, never> = counterNamed(
  "alertmanager_notifications_total",
);

/** Those that the receiver did not take. */
export const RECEIVER_FAILURES: Counter<NoLabels, never> = counterNamed(
  "alertmanager_notifications_failed_total",
);

/** All of them. */
export const PROMETHEUS_METRICS: readonly Metric<NoLabels, never>[] = [
  SCRAPE_DURATION,
  ALERTMANAGERS_DISCOVERED,
  NOTIFICATIONS_SENT,
  NOTIFICATION_ERRORS,
  RULE_FAILURES,
  ROUNDS_MISSED,
  RECEIVER_NOTIFICATIONS,
  RECEIVER_FAILURES,
];
