import { setTimeout as delay } from "node:timers/promises";
import { type ActiveAlert, activeAlerts } from "./prometheus-api.ts";
import { color, print } from "./report.ts";

const EVERY_MS = 2_000;
const NAME_COLUMNS = 11;

/** Alerts that began to fire, and those that fire no more. */
export interface AlertChanges {
  readonly begun: readonly ActiveAlert[];
  readonly ended: readonly ActiveAlert[];
}

function keyOf({ labels }: ActiveAlert): string {
  return JSON.stringify(Object.entries(labels).sort());
}

/** Which fire for somebody: what fires for machines always does. */
function told(alerts: readonly ActiveAlert[]): readonly ActiveAlert[] {
  return alerts.filter(({ state, labels }) => state === "firing" && labels["severity"] !== "none");
}

/** What changed between two looks. */
export function alertChanges(before: readonly ActiveAlert[], now: readonly ActiveAlert[]): AlertChanges {
  const without = (some: readonly ActiveAlert[], others: readonly ActiveAlert[]): readonly ActiveAlert[] => {
    const keys = new Set(told(others).map(keyOf));
    return told(some).filter((alert) => !keys.has(keyOf(alert)));
  };
  return { begun: without(now, before), ended: without(before, now) };
}

function whom({ labels: { alertname = "", severity = "", ...others } }: ActiveAlert): string {
  const labels = Object.entries(others).map(([name, value]) => `${name}=${value}`);
  return `${color.strong(alertname)} (${[severity, ...labels].join(", ")})`;
}

/** What a terminal says of an alert that begins to fire: what it says itself, where its runbook is, and how to find the cause. */
export function begunLines(alert: ActiveAlert, prometheusUrl: string): readonly string[] {
  const { description = "", runbook_url: runbook } = alert.annotations;
  const diagnose = `npm run sockscope -- diagnose ${alert.labels["alertname"]} --prometheus ${prometheusUrl}`;
  const rows = [...(runbook === undefined ? [] : [["Runbook", runbook]]), ["Diagnose", diagnose]];
  return [
    `${color.bad("▲")} ${whom(alert)} fires. ${description}`,
    ...rows.map(([name = "", text]) => `  ${color.strong(name.padEnd(NAME_COLUMNS))}${text}`),
  ];
}

/** What it says of one that ended. */
export function endedLine(alert: ActiveAlert): string {
  return `${color.good("▽")} ${whom(alert)} fires no more.`;
}

/** Prints, until the signal, when an alert begins to fire and when it ends. A Prometheus that does not answer has no news. */
export async function tellOfAlerts(prometheusUrl: string, signal: AbortSignal): Promise<void> {
  let before: readonly ActiveAlert[] = [];
  while (!signal.aborted) {
    const now = await activeAlerts(prometheusUrl).catch(() => before);
    if (signal.aborted) return;
    const { begun, ended } = alertChanges(before, now);
    for (const alert of begun) for (const line of begunLines(alert, prometheusUrl)) print(line);
    for (const alert of ended) print(endedLine(alert));
    before = now;
    await delay(EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
