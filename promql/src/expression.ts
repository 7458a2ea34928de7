import type { PromqlNode, SelectorNode } from "./node.ts";
import { print } from "./print.ts";

/** PromQL that knows which labels its result carries, so that aggregating by any other label does not compile. */
export interface Expression<L extends string = string> {
  readonly node: PromqlNode;
  /** {@link node} as text, over several lines where it is long. */
  readonly promql: string;
  /** The labels that a result of this expression can have. */
  readonly labels: readonly L[];
}

/** Series as they are: what a function over time can look back on. */
export interface Selection<L extends string = string> extends Expression<L> {
  readonly node: SelectorNode;
}

/** Series that a rule recorded: whatever there is to add up has been added up. */
export interface RecordedSelection<L extends string = string> extends Selection<L> {
  readonly isRecorded: true;
}

/** A node with the labels that its result can have. */
export function expression<L extends string, N extends PromqlNode>(
  node: N,
  labels: readonly L[],
): Expression<L> & { readonly node: N } {
  return { node, promql: print(node), labels };
}
