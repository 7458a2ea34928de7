/** PromQL text that knows which labels its result carries, so that aggregating by any other label does not compile. */
export interface Expression<L extends string = string> {
  readonly promql: string;
  /** The labels that a result of this expression can have. */
  readonly labels: readonly L[];
  /** Whether the text needs parentheses as an operand. */
  readonly binary: boolean;
}

/** A window of time as PromQL writes it. Grafana replaces `$__rate_interval` by one that fits the panel. */
export type Range = `${number}${"s" | "m" | "h" | "d"}` | "$__rate_interval";

/** An expression that is a function call or a selector and so binds tighter than any operator. */
export function atom<L extends string>(promql: string, labels: readonly L[]): Expression<L> {
  return { promql, labels, binary: false };
}

/** An expression as an operand. */
export function operand(expression: Expression): string {
  return expression.binary ? `(${expression.promql})` : expression.promql;
}
