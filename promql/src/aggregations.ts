import { type Expression, expression } from "./expression.ts";
import type { AggregationNode } from "./node.ts";
import { PromqlError } from "./promql-error.ts";

function assertLabels(by: readonly string[], of: Expression): void {
  const unknown = by.filter((label) => !of.labels.includes(label));
  if (unknown.length > 0) {
    throw new PromqlError(
      `${of.promql} has no label ${unknown.join(" and no ")}; it has ${of.labels.join(", ") || "none"}.`,
    );
  }
}

function aggregate<K extends string>(
  operator: AggregationNode["operator"],
  by: readonly K[],
  of: Expression,
): Expression<K> {
  assertLabels(by, of);
  return expression({ kind: "aggregation", operator, by, of: of.node }, by);
}

/** Adds up, keeping apart only the named labels, which the operand must have. */
export function sumBy<L extends string, K extends L>(
  by: readonly K[],
  expression: Expression<L>,
): Expression<K> {
  return aggregate("sum", by, expression);
}

/** Counts series, keeping apart only the named labels, which the operand must have. */
export function countBy<L extends string, K extends L>(
  by: readonly K[],
  expression: Expression<L>,
): Expression<K> {
  return aggregate("count", by, expression);
}

/** 1 for each value of the named labels that there is, which the operand must have; by none, if it has any result. */
export function groupBy<L extends string, K extends L>(
  by: readonly K[],
  expression: Expression<L>,
): Expression<K> {
  return aggregate("group", by, expression);
}

/** The smallest value, keeping apart only the named labels, which the operand must have. */
export function minBy<L extends string, K extends L>(
  by: readonly K[],
  expression: Expression<L>,
): Expression<K> {
  return aggregate("min", by, expression);
}

/** The largest value, keeping apart only the named labels, which the operand must have. */
export function maxBy<L extends string, K extends L>(
  by: readonly K[],
  expression: Expression<L>,
): Expression<K> {
  return aggregate("max", by, expression);
}

function keep<L extends string>(
  operator: "bottomk" | "topk",
  count: number,
  of: Expression<L>,
): Expression<L> {
  if (!Number.isInteger(count) || count < 1) {
    throw new PromqlError(`${operator} is to keep ${count} series; take a whole number above 0.`);
  }
  return expression({ kind: "aggregation", operator, by: [], count, of: of.node }, of.labels);
}

/** The series with the smallest values, each with all of its labels. */
export function smallest<L extends string>(count: number, of: Expression<L>): Expression<L> {
  return keep("bottomk", count, of);
}

/** The series with the largest values, each with all of its labels. */
export function largest<L extends string>(count: number, of: Expression<L>): Expression<L> {
  return keep("topk", count, of);
}
