import type { Period } from "@sockscope/catalog";
import type { Offset } from "./counters.ts";
import { type Expression, expression, type RecordedSelection, type Selection } from "./expression.ts";
import type { PromqlNode } from "./node.ts";
import { checkedRange, type Range, type SubqueryRange } from "./range.ts";

function call<L extends string>(name: string, of: Expression, labels: readonly L[]): Expression<L> {
  return expression({ kind: "call", name, args: [of.node] }, labels);
}

function overTime<L extends string>(
  name: string,
  { node, labels }: Selection<L>,
  range: Range,
  { offset }: Offset = {},
): Expression<L> {
  const at = offset === undefined ? {} : { offset: checkedRange(offset) };
  const samples = { ...node, range: checkedRange(range), ...at };
  return expression({ kind: "call", name, args: [samples] }, labels);
}

/** The largest value of each series within the range. */
export function maxOverTime<L extends string>(
  of: Selection<L>,
  range: Range,
  offset?: Offset,
): Expression<L> {
  return overTime("max_over_time", of, range, offset);
}

/**
 * The mean of each series within the range. Only of what was recorded: pods come and go, and the sum of the means of their
 * series counts a pod and its successor twice.
 */
export function avgOverTime<L extends string>(
  of: RecordedSelection<L>,
  range: Range,
  offset?: Offset,
): Expression<L> {
  return overTime("avg_over_time", of, range, offset);
}

/** The smallest value of each series within the range. */
export function minOverTime<L extends string>(
  of: Selection<L>,
  range: Range,
  offset?: Offset,
): Expression<L> {
  return overTime("min_over_time", of, range, offset);
}

/** The last value of each series within the range, also where the series has ended since. */
export function lastOverTime<L extends string>(
  of: Selection<L>,
  range: Range,
  offset?: Offset,
): Expression<L> {
  return overTime("last_over_time", of, range, offset);
}

/** How often an expression is evaluated within a range, and before when. */
export interface Evaluated extends Offset {
  readonly every: Period;
}

function overSubquery<L extends string>(
  name: "max_over_time" | "min_over_time" | "count_over_time",
  of: Expression<L>,
  range: SubqueryRange,
  { every, offset }: Evaluated,
): Expression<L> {
  const at = offset === undefined ? {} : { offset: checkedRange(offset) };
  const evaluated = {
    kind: "subquery",
    of: of.node,
    range: checkedRange(range),
    every: checkedRange(every),
    ...at,
  } as const;
  return expression({ kind: "call", name, args: [evaluated] }, of.labels);
}

/** The largest result that each series of an expression had within the range, evaluated at multiples of a period. */
export function maxEvaluated<L extends string>(
  of: Expression<L>,
  range: SubqueryRange,
  evaluated: Evaluated,
): Expression<L> {
  return overSubquery("max_over_time", of, range, evaluated);
}

/** The smallest result that each series of an expression had within the range, evaluated at multiples of a period. */
export function minEvaluated<L extends string>(
  of: Expression<L>,
  range: SubqueryRange,
  evaluated: Evaluated,
): Expression<L> {
  return overSubquery("min_over_time", of, range, evaluated);
}

/** At how many multiples of a period within the range each series of an expression had a result. */
export function countEvaluated<L extends string>(
  of: Expression<L>,
  range: SubqueryRange,
  evaluated: Evaluated,
): Expression<L> {
  return overSubquery("count_over_time", of, range, evaluated);
}

/** e to the power of each value. */
export function exp<L extends string>(of: Expression<L>): Expression<L> {
  return call("exp", of, of.labels);
}

function clamp<L extends string>(
  name: "clamp_min" | "clamp_max",
  of: Expression<L>,
  bound: number,
): Expression<L> {
  return expression({ kind: "call", name, args: [of.node, { kind: "number", value: bound }] }, of.labels);
}

/** Each value, or this where it is smaller. */
export function clampMin<L extends string>(of: Expression<L>, least: number): Expression<L> {
  return clamp("clamp_min", of, least);
}

/** Each value, or this where it is larger. */
export function clampMax<L extends string>(of: Expression<L>, most: number): Expression<L> {
  return clamp("clamp_max", of, most);
}

/**
 * One series of value 1 when the expression has no result. Its labels are only those that a selector names by equality,
 * so it is typed as having none.
 */
export function absent(of: Expression): Expression<never> {
  return call("absent", of, []);
}

/** The same under one more label of this value. */
export function labelled<L extends string, K extends string>(
  of: Expression<L>,
  label: K,
  value: string,
): Expression<L | K> {
  const texts = [label, value, "", ""].map((text): PromqlNode => ({ kind: "string", value: text }));
  const args = [of.node, ...texts];
  return expression({ kind: "call", name: "label_replace", args }, [
    ...new Set<L | K>([...of.labels, label]),
  ]);
}

/** When each series' value was scraped or recorded, in seconds since 1970. */
export function timestamp<L extends string>(of: Selection<L>): Expression<L> {
  return call("timestamp", of, of.labels);
}

/** How long ago each value was, as a moment in seconds since 1970. */
export function secondsSince<L extends string>(moments: Expression<L>): Expression<L> {
  const now: PromqlNode = { kind: "call", name: "time", args: [] };
  return expression({ kind: "binary", operator: "-", left: now, right: moments.node }, moments.labels);
}

/** One series without labels, of this value. */
export function vector(value: number): Expression<never> {
  return expression({ kind: "call", name: "vector", args: [{ kind: "number", value }] }, []);
}
