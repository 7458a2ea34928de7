import { type Expression, expression } from "./expression.ts";
import type { BinaryOperator, PromqlNode } from "./node.ts";

/** What the compiler shows when two sides could never be matched. */
interface LabelsDiffer {
  readonly "both sides need the same labels": never;
}

type SameLabels<L extends string, R extends string> = [L] extends [R]
  ? [R] extends [L]
    ? unknown
    : LabelsDiffer
  : LabelsDiffer;

/** A number, or an expression with the labels of the other side: PromQL matches on all of them. */
export type Operand<L extends string, R extends string> = number | (Expression<R> & SameLabels<L, R>);

/** An arithmetic operator. One side may be a number. */
export interface Arithmetic {
  <R extends string>(left: number, right: Expression<R>): Expression<R>;
  <L extends string, R extends string>(left: Expression<L>, right: Operand<L, R>): Expression<L>;
}

function nodeOf(operand: Expression | number): PromqlNode {
  return typeof operand === "number" ? { kind: "number", value: operand } : operand.node;
}

function binary<L extends string>(
  operator: BinaryOperator,
  left: Expression | number,
  right: Expression | number,
  labels: readonly L[],
  on?: readonly string[],
): Expression<L> {
  const matching = on === undefined ? {} : { on };
  return expression(
    { kind: "binary", operator, left: nodeOf(left), right: nodeOf(right), ...matching },
    labels,
  );
}

function arithmetic(operator: "+" | "-" | "*" | "/"): Arithmetic {
  return <L extends string>(left: Expression<L> | number, right: Expression<L> | number): Expression<L> => {
    const [labelled] = [left, right].filter((operand) => typeof operand !== "number");
    return binary(operator, left, right, labelled?.labels ?? []);
  };
}

/** `left + right` */
export const add: Arithmetic = arithmetic("+");

/** `left - right` */
export const subtract: Arithmetic = arithmetic("-");

/** `left * right` */
export const multiply: Arithmetic = arithmetic("*");

/** `left / right`; nothing over nothing is NaN, which {@link ratio} leaves out. */
export const divide: Arithmetic = arithmetic("/");

/** A comparison of PromQL's. */
export type Comparison = ">" | ">=" | "<" | "<=" | "==";

/** Keeps the series whose value compares; the others vanish. */
export function compare<L extends string, R extends string>(
  left: Expression<L>,
  comparison: Comparison,
  right: Operand<L, R>,
): Expression<L> {
  return binary(comparison, left, right, left.labels);
}

/**
 * `part / (whole > 0)`: no result where there was nothing. One NaN of an idle minute would make every mean over time that
 * has it in its range NaN as well.
 */
export function ratio<L extends string, R extends string>(
  part: Expression<L>,
  whole: Expression<R> & SameLabels<L, R>,
): Expression<L> {
  return binary("/", part, compare(whole as Expression, ">", 0), part.labels);
}

/** Keeps the series of `left` that have a partner in `right`. */
export function and<L extends string, R extends string>(
  left: Expression<L>,
  right: Expression<R> & SameLabels<L, R>,
): Expression<L> {
  return binary("and", left, right, left.labels);
}

/** Keeps the series of `left` that have a partner in `right` by these labels; by none, if `right` has any result. */
export function andOn<L extends string, R extends string, K extends L & R = never>(
  on: readonly K[],
  left: Expression<L>,
  right: Expression<R>,
): Expression<L> {
  return binary("and", left, right, left.labels, on);
}

/** Keeps the series of `left` that have a partner in `right` by all labels but these, which only one side may have. */
export function andIgnoring<L extends string, R extends string>(
  ignoring: readonly (L | R)[],
  left: Expression<L>,
  right: Expression<R>,
): Expression<L> {
  return expression(
    { kind: "binary", operator: "and", left: left.node, right: right.node, ignoring },
    left.labels,
  );
}

/** Keeps the series of `left` that have no partner in `right` by these labels; by none, if `right` has no result. */
export function unlessOn<L extends string, R extends string, K extends L & R = never>(
  on: readonly K[],
  left: Expression<L>,
  right: Expression<R>,
): Expression<L> {
  return binary("unless", left, right, left.labels, on);
}

/** The series of `left`, and those of `right` that have no partner there. */
export function or<L extends string, R extends string>(
  left: Expression<L>,
  right: Expression<R>,
): Expression<L | R> {
  return binary("or", left, right, [...new Set<L | R>([...left.labels, ...right.labels])]);
}

/** The series of `left`, and those of `right` that have no partner there by these labels; by none, if `left` has no result. */
export function orOn<L extends string, R extends string, K extends L & R = never>(
  on: readonly K[],
  left: Expression<L>,
  right: Expression<R>,
): Expression<L | R> {
  return binary("or", left, right, [...new Set<L | R>([...left.labels, ...right.labels])], on);
}
