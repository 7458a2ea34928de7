import type { LabelSet, Metric, StampedLabel } from "@sockscope/catalog";
import { PromqlError } from "./promql-error.ts";
import { escapeString, quoted } from "./quoted.ts";

/** Labels that Prometheus stamps on every series that it scrapes. */
export type TargetLabel = "job" | "instance";

/** What a metric has that does not say otherwise: pages report it. */
const STAMPED_LABELS: readonly StampedLabel[] = ["app", "release"];
const TARGET_LABELS: readonly TargetLabel[] = ["job", "instance"];

/** The label names of a metric's result. */
export type LabelNames<L extends LabelSet, S extends StampedLabel = StampedLabel> =
  | Extract<keyof L, string>
  | S
  | TargetLabel;

/** A dashboard variable, which may stand for several values. */
export interface Variable {
  readonly variable: string;
}

/** Everything but these values; a series without the label is everything else, too. */
export interface Not<V extends string = string> {
  readonly not: V | readonly V[];
}

/** One value, any of several, any but some, or whatever a dashboard variable holds. */
export type Match<V extends string = string> = V | readonly V[] | Not<V> | Variable;

/** What a selector asks of a metric's labels. */
export type Matchers<L extends LabelSet, S extends StampedLabel = StampedLabel> = {
  readonly [Name in keyof L]?: Match<L[Name]>;
} & {
  // A label of the metric's own has its own values, whoever else may have it stamped.
  readonly [Name in Exclude<S | TargetLabel, keyof L>]?: Match;
};

/** Refers to a dashboard variable: `app=~"$app"`. */
export function variable(name: string): Variable {
  return { variable: name };
}

/** Every value but this one, or but these: `reason!="closed"`. */
export function not<V extends string>(values: V | readonly V[]): Not<V> {
  return { not: values };
}

function escapeRegex(value: string): string {
  return escapeString(value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
}

function valuesMatcher(label: string, sign: "=" | "!", values: string | readonly string[]): string {
  const [first, ...others] = typeof values === "string" ? [values] : values;
  if (first === undefined) {
    throw new PromqlError(
      `${label} is to match one or none of no values, which PromQL would take for "has no ${label}"; give it a value.`,
    );
  }
  if (others.length === 0) return `${label}${sign === "=" ? "" : "!"}=${quoted(first)}`;
  return `${label}${sign}~"${[first, ...others].map(escapeRegex).join("|")}"`;
}

function matcher(label: string, match: Match): string {
  if (typeof match === "string") return valuesMatcher(label, "=", match);
  if ("variable" in match) return `${label}=~"$${match.variable}"`;
  if ("not" in match) return valuesMatcher(label, "!", match.not);
  return valuesMatcher(label, "=", match);
}

/** Matchers as PromQL writes them, in their order. Throws a {@link PromqlError} for a list without values. */
export function matcherTexts(matchers: Readonly<Record<string, Match | undefined>>): string[] {
  return Object.entries(matchers).flatMap(([label, match]) =>
    match === undefined ? [] : [matcher(label, match)],
  );
}

/** Every label that a selection of the metric can have. */
export function labelNames<L extends LabelSet, S extends StampedLabel>({
  labels,
  stamped = STAMPED_LABELS as readonly S[],
}: Pick<Metric<L, S>, "labels" | "stamped">): readonly LabelNames<L, S>[] {
  const own = Object.keys(labels) as Extract<keyof L, string>[];
  return [...new Set([...own, ...stamped, ...TARGET_LABELS])];
}
