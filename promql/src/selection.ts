import type { Gauge, LabelSet } from "@sockscope/catalog";
import { expression, type Selection } from "./expression.ts";
import { type LabelNames, labelNames, type Match, type Matchers, matcherTexts } from "./matchers.ts";
import { print } from "./print.ts";

/** The series of a name, whatever they are: for what the catalog does not declare, such as recorded expressions. */
export function selection<L extends string>(
  name: string,
  labels: readonly L[],
  where: { readonly [Name in L]?: Match },
): Selection<L> {
  return expression({ kind: "selector", name, matchers: matcherTexts(where) }, labels);
}

/** A selector's text, as promtool wants series: `ws_closes_total{code="4401"}`. */
export function selector(name: string, matchers: Readonly<Record<string, Match | undefined>>): string {
  return print({ kind: "selector", name, matchers: matcherTexts(matchers) });
}

/** The value of a gauge now. */
export function gauge<L extends LabelSet>(metric: Gauge<L>, where: Matchers<L>): Selection<LabelNames<L>> {
  return selection<string>(metric.name, labelNames(metric), where) as Selection<LabelNames<L>>;
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
