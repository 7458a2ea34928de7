import { type Alert, alerts } from "@sockscope/alerts";
import { type Inhibition, isMatched, isSuppressed } from "./alertmanager-semantics.test-support.ts";
import { type Labels, labelsOf, own } from "./expected-routing.test-support.ts";
import { ROUTED_CATALOG } from "./routing-faults.test-support.ts";

const VALUES = ["one", "another"];

/** Every combination of values of the labels that notifications and inhibitions compare. */
const SERIES: readonly Labels[] = VALUES.flatMap((app) =>
  VALUES.flatMap((job) => VALUES.map((cluster) => ({ app, job, cluster }))),
);

function possible(alert: Alert): readonly Labels[] {
  const ofSeries = SERIES.map((series) => labelsOf(alert, series));
  const distinct = [...new Map(ofSeries.map((labels) => [JSON.stringify(labels), labels])).values()];
  // `absent()` has no labels of any series.
  return alert.expression.promql.includes("absent(") ? [...distinct, own(alert)] : distinct;
}

const FOREIGN: readonly Labels[] = ["page", "ticket", "none"].flatMap((severity) =>
  [{}, ...SERIES].map((series) => ({ alertname: "Foreign", severity, ...series })),
);

/** Whatever can fire, of ours and of others; values stand for any that are the same or not. */
const POSSIBLE: readonly Labels[] = [...alerts(ROUTED_CATALOG).flatMap(possible), ...FOREIGN];

/** The alerts that matchers mean, as a text that can be compared. */
export function meant(matchers: readonly string[]): string {
  return POSSIBLE.map((labels) => (isMatched(labels, matchers) ? "1" : "0")).join("");
}

/** Two alerts, by their places among those that are possible, as one number. */
type PairNumber = number;

const suppressing = new Map<string, readonly PairNumber[]>();

function placesOf(matchers: readonly string[]): readonly number[] {
  return POSSIBLE.flatMap((labels, place) => (isMatched(labels, matchers) ? place : []));
}

function suppressedBy(rule: Inhibition): readonly PairNumber[] {
  const key = JSON.stringify(rule);
  const known = suppressing.get(key);
  if (known !== undefined) return known;
  const targets = placesOf(rule.target_matchers);
  const suppressed = placesOf(rule.source_matchers).flatMap((source) =>
    targets
      .filter((target) => isSuppressed(rule, POSSIBLE[source] ?? {}, POSSIBLE[target] ?? {}))
      .map((target) => source * POSSIBLE.length + target),
  );
  suppressing.set(key, suppressed);
  return suppressed;
}

/** Whether, of two lists of inhibitions, one lets anybody speak whom the other does not. */
export function isSameSilence(some: readonly Inhibition[], others: readonly Inhibition[]): boolean {
  const quiet = new Set(some.flatMap(suppressedBy));
  const alsoQuiet = new Set(others.flatMap(suppressedBy));
  return quiet.size === alsoQuiet.size && [...quiet].every((pair) => alsoQuiet.has(pair));
}
