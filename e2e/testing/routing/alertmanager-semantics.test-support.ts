import type { Labels } from "./expected-routing.test-support.ts";

/** When a notification is sent, and of what it is one. */
export interface Timing {
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly active_time_intervals?: readonly string[];
}

/** A route of Alertmanager's, as far as ours go: one level below the root. */
export interface Route extends Timing {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly routes?: readonly Route[];
}

/** Who keeps quiet, and beside whom. */
export interface Inhibition {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal?: readonly string[];
}

/** Alertmanager's configuration, without what receivers do. */
export interface AlertmanagerConfig {
  readonly route: Route;
  readonly inhibit_rules: readonly Inhibition[];
  readonly receivers: readonly { readonly name: string }[];
  readonly time_intervals?: readonly object[];
}

/** A matcher's three parts. Throws for what is none. */
export function partsOfMatcher(matcher: string): { label: string; operator: string; value: string } {
  const [, label = "", operator = "", value = ""] = /^(\w+)(=~|!~|!=|=)"(.*)"$/.exec(matcher) ?? [];
  if (label === "") throw new Error(`${matcher} is no matcher.`);
  return { label, operator, value };
}

type Predicate = (labels: Labels) => boolean;

function predicateOf(matcher: string): Predicate {
  const { label, operator, value } = partsOfMatcher(matcher);
  // A pattern holds for the whole value.
  const pattern = new RegExp(`^(?:${value})$`);
  const isSame: Predicate = operator.includes("~")
    ? (labels) => pattern.test(labels[label] ?? "")
    : (labels) => (labels[label] ?? "") === value;
  return operator.startsWith("!") ? (labels) => !isSame(labels) : isSame;
}

/** Matchers are asked of thousands of alerts. */
const predicates = new Map<string, Predicate>();

/** Whether labels are as all the matchers want them; a label that is not there is empty. */
export function isMatched(labels: Labels, matchers: readonly string[]): boolean {
  return matchers.every((matcher) => {
    const predicate = predicates.get(matcher) ?? predicateOf(matcher);
    predicates.set(matcher, predicate);
    return predicate(labels);
  });
}

/** The route that an alert takes, with what it has of its parent: the first that matches, else the root. */
export function routeOf({ route }: AlertmanagerConfig, labels: Labels): Route {
  const { routes = [], ...root } = route;
  return { ...root, ...routes.find(({ matchers = [] }) => isMatched(labels, matchers)) };
}

/**
 * Whether a source suppresses a target by this rule. Labels that both lack are equal. What is on both sides is not inhibited by
 * another that is, so that nothing inhibits itself.
 */
export function isSuppressed(
  { source_matchers, target_matchers, equal = [] }: Inhibition,
  source: Labels,
  target: Labels,
): boolean {
  return (
    isMatched(source, source_matchers) &&
    isMatched(target, target_matchers) &&
    !(isMatched(source, target_matchers) && isMatched(target, source_matchers)) &&
    equal.every((label) => (source[label] ?? "") === (target[label] ?? ""))
  );
}
