import type { LabelSet, Metric } from "@sockscope/catalog";

/** Labels that Prometheus and the collector stamp on every series. */
export type StampedLabel = "app" | "job" | "instance";

const STAMPED_LABELS: readonly StampedLabel[] = ["app", "job", "instance"];

/** The label names of a metric's result. */
export type LabelNames<L extends LabelSet> = Extract<keyof L, string> | StampedLabel;

/** A dashboard variable, which may stand for several values. */
export interface Variable {
  readonly variable: string;
}

/** One value, any of several, or whatever a dashboard variable holds. */
export type Match<V extends string> = V | readonly V[] | Variable;

/** What a selector asks of a metric's labels. */
export type Matchers<L extends LabelSet> = { readonly [Name in keyof L]?: Match<L[Name]> } & {
  readonly [Name in StampedLabel]?: Match<string>;
};

/** Refers to a dashboard variable: `app=~"$app"`. */
export function variable(name: string): Variable {
  return { variable: name };
}

function escapeString(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function escapeRegex(value: string): string {
  return escapeString(value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
}

function matcher(label: string, match: Match<string>): string {
  if (typeof match === "string") return `${label}="${escapeString(match)}"`;
  if (Array.isArray(match) && match.length === 0) {
    throw new Error(`${label} is to match none of no values; PromQL would take that for "has no ${label}".`);
  }
  if ("variable" in match) return `${label}=~"$${match.variable}"`;
  return `${label}=~"${match.map(escapeRegex).join("|")}"`;
}

/** A selector's text: `ws_closes_total{code="4401"}`. */
export function selector(
  name: string,
  matchers: Readonly<Record<string, Match<string> | undefined>>,
): string {
  const parts = Object.entries(matchers).flatMap(([label, match]) =>
    match === undefined ? [] : [matcher(label, match)],
  );
  return parts.length === 0 ? name : `${name}{${parts.join(",")}}`;
}

/** Every label that a selection of the metric can have. */
export function labelNames<L extends LabelSet>(metric: Metric<L>): readonly LabelNames<L>[] {
  return [...(Object.keys(metric.labels) as Extract<keyof L, string>[]), ...STAMPED_LABELS];
}
