import type { Gauge, LabelSet, StampedLabel } from "@sockscope/catalog";
import { expression, type RecordedSelection, type Selection } from "./expression.ts";
import { type LabelNames, labelNames, type Match, type Matchers, matcherTexts } from "./matchers.ts";
import { print } from "./print.ts";

function selection<L extends string>(
  name: string,
  labels: readonly L[],
  where: { readonly [Name in L]?: Match },
): Selection<L> {
  return expression({ kind: "selector", name, matchers: matcherTexts(where) }, labels);
}

/** The series that a rule records under this name. */
export function recordedSeries<L extends string>(name: string, labels: readonly L[]): RecordedSelection<L> {
  return { ...selection(name, labels, {}), isRecorded: true };
}

/** A selector's text, as promtool wants series: `ws_closes_total{code="4401"}`. */
export function selector(name: string, matchers: Readonly<Record<string, Match | undefined>>): string {
  return print({ kind: "selector", name, matchers: matcherTexts(matchers) });
}

/** The value of a gauge now. */
export function gauge<L extends LabelSet, S extends StampedLabel>(
  metric: Gauge<L, S>,
  where: Matchers<L, NoInfer<S>>,
): Selection<LabelNames<L, S>> {
  return selection<string>(metric.name, labelNames(metric), where) as Selection<LabelNames<L, S>>;
}

/**
 * Prometheus' own gauge of each scrape target: 1 where the last scrape succeeded, else 0.
 *
 * See {@link https://prometheus.io/docs/concepts/jobs_instances/}.
 */
export function up(where: {
  readonly job?: Match;
  readonly instance?: Match;
}): Selection<"job" | "instance"> {
  return selection("up", ["job", "instance"], where);
}

/** What an alert's own series can be chosen by. */
export interface AlertMatchers {
  readonly alertname?: Match;
  readonly severity?: Match;
}

/** Labels of an alert's series that are ours; those that its expression keeps come on top. */
export type AlertLabel = "alertname" | "severity" | "alertstate" | "evidence" | "app" | "job";

const ALERT_LABELS: readonly AlertLabel[] = ["alertname", "severity", "alertstate", "evidence", "app", "job"];

/**
 * Prometheus' own series of alerts that fire: 1 for each.
 *
 * See {@link https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/#inspecting-alerts-during-runtime}.
 */
export function firingAlerts(where: AlertMatchers): Selection<AlertLabel> {
  return selection("ALERTS", ALERT_LABELS, { alertstate: "firing", ...where });
}

/** Since when each alert's expression holds, in seconds since 1970, whether it fires by now or not. */
export function activeSince(where: AlertMatchers): Selection<AlertLabel> {
  return selection("ALERTS_FOR_STATE", ALERT_LABELS, where);
}
