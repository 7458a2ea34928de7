import { type Expression, expression } from "./expression.ts";
import type { AggregationNode } from "./node.ts";

function aggregate<K extends string>(
  operator: AggregationNode["operator"],
  by: readonly K[],
  of: Expression,
): Expression<K> {
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
