import type { Catalog } from "@sockscope/catalog";
import { type PromqlNode, partsOf } from "@sockscope/promql";
import { sideOf } from "./numerator.ts";
import type { Alert } from "./symptoms/alert.ts";
import { alerts } from "./symptoms.ts";

/** As Alertmanager's configuration has it. See {@link https://prometheus.io/docs/alerting/latest/configuration/#inhibit_rule}. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal?: readonly string[];
}

/** Prometheus calls an alert by its name; Grafana by a rule's title, which goes on after the name. */
function matchersOf({ name, severity, labels = {} }: Alert): string[] {
  const own = Object.entries({ severity, ...labels }).map(([label, value]) => `${label}="${value}"`);
  return [`alertname=~"${name}(-.+)?"`, ...own];
}

/** Of what two alerts have to be, if one is to say all about the other. */
function commonLabels(source: Alert, target: Alert, { environmentLabels }: Catalog): readonly string[] {
  // To Alertmanager a label that both lack is equal, so one that either lacks must not be compared.
  return [...environmentLabels, "app", "job"].filter(
    (label) => source.expression.labels.includes(label) && target.expression.labels.includes(label),
  );
}

/** `absent()` has no labels of any series: it is true of every environment. */
function readsAbsent(node: PromqlNode): boolean {
  return (node.kind === "call" && node.name === "absent") || partsOf(node).some(readsAbsent);
}

function rulesBetween(source: Alert, target: Alert, catalog: Catalog): readonly InhibitRule[] {
  const [environment] = catalog.environmentLabels;
  const target_matchers = matchersOf(target);
  const ofSource = matchersOf(source);
  const equal = commonLabels(source, target, catalog);
  const rule = (source_matchers: readonly string[], labels: readonly string[]): InhibitRule => ({
    source_matchers,
    target_matchers,
    ...(labels.length > 0 && { equal: labels }),
  });
  if (environment === undefined || !readsAbsent(source.expression.node)) return [rule(ofSource, equal)];
  const others = equal.filter((label) => !catalog.environmentLabels.includes(label));
  return [rule([...ofSource, `${environment}!=""`], equal), rule([...ofSource, `${environment}=""`], others)];
}

function isInhibited(source: Alert, target: Alert, catalog: Catalog): boolean {
  if (source.name === target.name) return source.severity === "page" && target.severity === "ticket";
  const { inhibits = [] } = source;
  if (!("countedBy" in inhibits)) return inhibits.includes(target.name);
  const { countedBy, severity = target.severity } = inhibits;
  return target.severity === severity && sideOf(target.expression, catalog) === countedBy;
}

/**
 * Who keeps quiet while somebody else says the same: an alert's ticket while it pages, and whatever an alert says of itself that
 * it inhibits.
 */
export function inhibitRules(catalog: Catalog): readonly InhibitRule[] {
  const all = alerts(catalog);
  return all.flatMap((source) =>
    all
      .filter((target) => isInhibited(source, target, catalog))
      .flatMap((target) => rulesBetween(source, target, catalog)),
  );
}
