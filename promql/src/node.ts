import type { Period } from "@sockscope/catalog";
import type { Range, SubqueryRange } from "./range.ts";

/** Series of one name; with a range, their samples within it. */
export interface SelectorNode {
  readonly kind: "selector";
  readonly name: string;
  /** As PromQL writes them: `code="4401"`. */
  readonly matchers: readonly string[];
  readonly range?: Range;
  readonly offset?: Period;
  /** Whether a series without labels of the environment is of every one; else of none that is chosen. */
  readonly isOfEveryEnvironment?: true;
}

/** A number. */
export interface NumberNode {
  readonly kind: "number";
  readonly value: number;
}

/** A text, which only functions take. */
export interface StringNode {
  readonly kind: "string";
  readonly value: string;
}

/** A function and what it is called with. */
export interface CallNode {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly PromqlNode[];
}

/** An aggregation; without labels to keep apart, over everything. */
export interface AggregationNode {
  readonly kind: "aggregation";
  readonly operator: "sum" | "count" | "group" | "min" | "max" | "bottomk" | "topk";
  /** How many are kept, of those operators that keep whole series. */
  readonly count?: number;
  readonly by: readonly string[];
  readonly of: PromqlNode;
}

/** An operator between two operands. */
export type BinaryOperator = "*" | "/" | "+" | "-" | ">" | ">=" | "<" | "<=" | "==" | "and" | "unless" | "or";

/** Two operands; with `on`, matched by these labels alone; with `ignoring`, by all but these. */
export interface BinaryNode {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: PromqlNode;
  readonly right: PromqlNode;
  readonly on?: readonly string[];
  readonly ignoring?: readonly string[];
}

/** What an expression results in, evaluated every so often within a range: samples for a function over time. */
export interface SubqueryNode {
  readonly kind: "subquery";
  readonly of: PromqlNode;
  readonly range: SubqueryRange;
  readonly every: Period;
  readonly offset?: Period;
}

/** What an expression is made of. */
export type PromqlNode =
  | SelectorNode
  | NumberNode
  | StringNode
  | CallNode
  | AggregationNode
  | BinaryNode
  | SubqueryNode;
