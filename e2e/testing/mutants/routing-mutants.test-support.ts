import type { Period } from "@sockscope/catalog";
import {
  type AlertmanagerConfig,
  type Inhibition,
  partsOfMatcher,
  type Route,
} from "../routing/alertmanager-semantics.test-support.ts";
import { isSameSilence, meant } from "../routing/possible-alerts.test-support.ts";
import { scaledPeriod } from "./expression-mutants.test-support.ts";
import type { Mutant } from "./mutant.test-support.ts";

type Wrong<T> = readonly Mutant<T>[];

const INTERVALS = ["group_wait", "group_interval", "repeat_interval"] as const;
const LISTS = ["group_by", "active_time_intervals"] as const;

/** Matchers without one of them, or with one that wants something else; not those that mean the same alerts. */
function wrongMatchers(matchers: readonly string[]): Wrong<readonly string[]> {
  return matchers
    .flatMap((matcher, index) => {
      const { label, operator, value } = partsOfMatcher(matcher);
      const opposite = operator.startsWith("!")
        ? operator.replace("!", "=").replace("==", "=")
        : `!${operator.replace(/^=(?=~)/, "")}`;
      return [
        { change: `without ${matcher}`, mutated: matchers.toSpliced(index, 1) },
        {
          change: `${label}: ${value} → ${value}x`,
          mutated: matchers.with(index, `${label}${operator}"${value}x"`),
        },
        {
          change: `${matcher}: ${operator} → ${opposite}`,
          mutated: matchers.with(index, `${label}${opposite}"${value}"`),
        },
      ];
    })
    .filter(({ mutated }) => meant(mutated) !== meant(matchers));
}

function within<T, K extends keyof T>(whole: T, key: K, wrong: Wrong<T[K]>): Wrong<T> {
  return wrong.map(({ change, mutated }) => ({
    change: `${String(key)}: ${change}`,
    mutated: { ...whole, [key]: mutated },
  }));
}

/** A list with each of its members wrong by itself, or missing. */
function eachOf<T>(
  list: readonly T[],
  name: (one: T) => string,
  wrong: (one: T) => Wrong<T>,
): Wrong<readonly T[]> {
  return list.flatMap((one, index) => [
    { change: `without ${name(one)}`, mutated: list.toSpliced(index, 1) },
    ...wrong(one).map(({ change, mutated }) => ({
      change: `${name(one)}: ${change}`,
      mutated: list.with(index, mutated),
    })),
  ]);
}

function wrongInterval(interval: string): Wrong<string> {
  const right = interval === "0s" ? "10s" : interval;
  return [0.5, 2]
    .map((factor) => scaledPeriod(right as Period, factor))
    .map((mutated) => ({ change: `${interval} → ${mutated}`, mutated }));
}

function wrongRoute(route: Route, receivers: readonly string[]): Wrong<Route> {
  const { receiver, matchers, routes = [] } = route;
  const others = receivers.filter((other) => other !== receiver);
  return [
    ...within(
      route,
      "receiver",
      others.map((mutated) => ({ change: `${receiver} → ${mutated}`, mutated })),
    ),
    ...(matchers === undefined ? [] : within(route, "matchers", wrongMatchers(matchers))),
    ...INTERVALS.flatMap((key) => {
      const interval = route[key];
      return interval === undefined ? [] : within(route, key, wrongInterval(interval));
    }),
    ...LISTS.flatMap((key) =>
      within(
        route,
        key,
        eachOf(route[key] ?? [], String, () => []),
      ),
    ),
    ...within(
      route,
      "routes",
      eachOf(
        routes,
        (one) => (one.matchers ?? []).join(),
        (one) => wrongRoute(one, receivers),
      ),
    ),
  ];
}

function nameOfRule({ source_matchers, target_matchers }: Inhibition): string {
  return `${source_matchers.join()} > ${target_matchers.join()}`;
}

function wrongInhibition(rule: Inhibition): Wrong<Inhibition> {
  const { equal = [] } = rule;
  const compared = ["app", "job", "cluster"].filter((label) => !equal.includes(label));
  return [
    ...within(rule, "source_matchers", wrongMatchers(rule.source_matchers)),
    ...within(rule, "target_matchers", wrongMatchers(rule.target_matchers)),
    ...within(rule, "equal", [
      ...eachOf(equal, String, () => []),
      ...compared.map((label) => ({ change: `with ${label}`, mutated: [...equal, label] })),
    ]),
  ];
}

/**
 * Alertmanager's configuration with each receiver, matcher, grouping, interval and inhibition wrong by itself; without those by
 * which the same alerts keep quiet, as where two rules say the same.
 */
export function routingMutants(config: AlertmanagerConfig): Wrong<AlertmanagerConfig> {
  const receivers = config.receivers.map(({ name }) => name);
  return [
    ...within(config, "route", wrongRoute(config.route, receivers)),
    ...within(config, "inhibit_rules", eachOf(config.inhibit_rules, nameOfRule, wrongInhibition)).filter(
      ({ mutated }) => !isSameSilence(mutated.inhibit_rules, config.inhibit_rules),
    ),
  ];
}
