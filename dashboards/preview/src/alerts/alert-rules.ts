import { readPrometheus } from "../prometheus/api.ts";
import type { Labels } from "../prometheus/legend.ts";

/** How an alert is: worst first. */
export const STATES = ["firing", "pending", "inactive"] as const;
/** One of {@link STATES}. */
export type AlertState = (typeof STATES)[number];

/** One series for which a rule holds. */
export interface ActiveAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly state: AlertState;
  /** Since when, as RFC 3339. */
  readonly activeAt: string;
  readonly value: string;
}

/** An alerting rule as Prometheus tells of it. */
export interface AlertRule {
  readonly name: string;
  readonly query: string;
  /** How long it has to hold, in seconds. */
  readonly duration: number;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly state: AlertState;
  readonly health: "ok" | "err" | "unknown";
  readonly lastError?: string;
  readonly alerts: readonly ActiveAlert[];
}

interface Groups {
  readonly groups: readonly { readonly rules: readonly AlertRule[] }[];
}

/** Every alerting rule, those that fire first. */
export async function alertRules(signal: AbortSignal): Promise<AlertRule[]> {
  const { groups } = await readPrometheus<Groups>("rules", new URLSearchParams({ type: "alert" }), signal);
  return groups.flatMap(({ rules }) => rules).sort(worstFirst);
}

function worstFirst(a: AlertRule, b: AlertRule): number {
  const isNews = Number(isHeartbeat(a)) - Number(isHeartbeat(b));
  return isNews || STATES.indexOf(a.state) - STATES.indexOf(b.state) || a.name.localeCompare(b.name);
}

function countOf(rules: readonly AlertRule[], state: AlertState): number {
  return rules.filter((rule) => rule.state === state).length;
}

/** Whether a rule fires always, to show that alerts arrive: that it does is no news. */
export function isHeartbeat({ name }: AlertRule): boolean {
  return name === "Watchdog";
}

function news(rules: readonly AlertRule[]): readonly AlertRule[] {
  return rules.filter((rule) => !isHeartbeat(rule));
}

/** How many rules fire that somebody should look at. */
export function firingCount(rules: readonly AlertRule[]): number {
  return countOf(news(rules), "firing");
}

/** How many rules are in each state, and which are not counted. */
export function countsInWords(rules: readonly AlertRule[]): string {
  const counts = STATES.map((state) => `${countOf(news(rules), state)} ${state}`);
  const heartbeats = rules.filter(isHeartbeat).map(({ name }) => `without ${name}, which always fires`);
  return [...counts, ...heartbeats].join(" · ");
}
