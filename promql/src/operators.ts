import { type Expression, operand } from "./expression.ts";

function binary<L extends string>(left: Expression<L>, operator: string, right: string): Expression<L> {
  return { promql: `${operand(left)} ${operator} ${right}`, labels: left.labels, binary: true };
}

function scalarOrOperand(right: Expression | number): string {
  return typeof right === "number" ? String(right) : operand(right);
}

/** `left / right`, matched on all labels, which therefore have to be the same. */
export function divide<L extends string>(left: Expression<L>, right: Expression<L> | number): Expression<L> {
  return binary(left, "/", scalarOrOperand(right));
}

/** `left * right` */
export function multiply<L extends string>(
  left: Expression<L>,
  right: Expression<L> | number,
): Expression<L> {
  return binary(left, "*", scalarOrOperand(right));
}

/** Keeps the series whose value compares; the others vanish. */
export function compare<L extends string>(
  left: Expression<L>,
  comparison: ">" | ">=" | "<" | "<=" | "==",
  right: Expression<L> | number,
): Expression<L> {
  return binary(left, comparison, scalarOrOperand(right));
}

/** Keeps the series of `left` that have a partner in `right`. */
export function and<L extends string>(left: Expression<L>, right: Expression<L>): Expression<L> {
  return binary(left, "and", operand(right));
}
