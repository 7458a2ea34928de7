import type { BinaryNode, BinaryOperator, PromqlNode, SelectorNode, SubqueryNode } from "./node.ts";
import { numberText } from "./number-text.ts";
import { quoted } from "./quoted.ts";

/** Columns of a line, where it can be broken at all: a selector stays whole, so that grep finds it. */
const WIDTH = 80;
const INDENT = "  ";

/**
 * How tightly an operator binds; of two equal ones the left binds first.
 *
 * See {@link https://prometheus.io/docs/prometheus/latest/querying/operators/#binary-operator-precedence}.
 */
const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  "==": 3,
  "<=": 3,
  "<": 3,
  ">=": 3,
  ">": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
};

function isSetOperator(operator: BinaryOperator): boolean {
  return PRECEDENCE[operator] <= PRECEDENCE.and;
}

function needsParentheses(parent: BinaryNode, operand: PromqlNode): boolean {
  if (operand.kind !== "binary") return false;
  const difference = PRECEDENCE[operand.operator] - PRECEDENCE[parent.operator];
  return difference < 0 || (difference === 0 && operand === parent.right);
}

function operatorText({ operator, on, ignoring }: BinaryNode): string {
  if (on !== undefined) return `${operator} on (${on.join(", ")})`;
  return ignoring === undefined ? operator : `${operator} ignoring (${ignoring.join(", ")})`;
}

function selectorText({ name, matchers, range, offset }: SelectorNode): string {
  const braces = matchers.length === 0 ? "" : `{${matchers.join(",")}}`;
  const brackets = range === undefined ? "" : `[${range}]`;
  return `${name}${braces}${brackets}${offset === undefined ? "" : ` offset ${offset}`}`;
}

/** What stands behind a subquery's expression. */
function subqueryText({ range, every, offset }: SubqueryNode): string {
  return `[${range}:${every}]${offset === undefined ? "" : ` offset ${offset}`}`;
}

/** What a subquery looks back on binds less tightly than its brackets, where it is an operator's. */
function isInParentheses({ of }: SubqueryNode): boolean {
  return of.kind === "binary";
}

/** What stands before the opening parenthesis of a call or an aggregation, and what stands inside. */
function head(node: PromqlNode & { kind: "call" | "aggregation" }): {
  opening: string;
  inside: readonly PromqlNode[];
} {
  if (node.kind === "call") return { opening: node.name, inside: node.args };
  const grouping = node.by.length === 0 ? "" : ` by (${node.by.join(", ")}) `;
  const count: PromqlNode[] = node.count === undefined ? [] : [{ kind: "number", value: node.count }];
  return { opening: `${node.operator}${grouping}`, inside: [...count, node.of] };
}

function onOneLine(node: PromqlNode): string {
  switch (node.kind) {
    case "number":
      return numberText(node.value);
    case "string":
      return quoted(node.value);
    case "selector":
      return selectorText(node);
    case "binary": {
      const operand = (side: PromqlNode) =>
        needsParentheses(node, side) ? `(${onOneLine(side)})` : onOneLine(side);
      return `${operand(node.left)} ${operatorText(node)} ${operand(node.right)}`;
    }
    case "subquery": {
      const of = onOneLine(node.of);
      return `${isInParentheses(node) ? `(${of})` : of}${subqueryText(node)}`;
    }
    default: {
      const { opening, inside } = head(node);
      return `${opening}(${inside.map(onOneLine).join(", ")})`;
    }
  }
}

type Leaf = Extract<PromqlNode, { kind: "number" | "string" | "selector" }>;

function isLeaf(node: PromqlNode): node is Leaf {
  return node.kind === "number" || node.kind === "string" || node.kind === "selector";
}

/** Lines are broken at operators; what holds none gains nothing by being broken. */
function hasOperator(node: PromqlNode): boolean {
  if (node.kind === "binary") return true;
  if (node.kind === "subquery") return hasOperator(node.of);
  if (isLeaf(node)) return false;
  return head(node).inside.some(hasOperator);
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `${INDENT}${line}`);
}

function inParentheses(opening: string, inside: readonly string[]): string[] {
  return [`${opening}(`, ...indented(inside), ")"];
}

/** An operand's lines behind a prefix; those of one without parentheses hang under the first. */
function behind(prefix: string, parent: BinaryNode, operand: PromqlNode, width: number): string[] {
  const [first, ...rest] = operandLines(parent, operand, width - prefix.length);
  return [`${prefix}${first}`, ...(needsParentheses(parent, operand) ? rest : indented(rest))];
}

function operandLines(parent: BinaryNode, operand: PromqlNode, width: number): string[] {
  if (!needsParentheses(parent, operand)) return linesOf(operand, width);
  const flat = `(${onOneLine(operand)})`;
  if (flat.length <= width) return [flat];
  const inside = linesOf(operand, width - INDENT.length);
  return inside.length === 1 ? [`(${inside[0]})`] : inParentheses("", inside);
}

function binaryLines(node: BinaryNode, width: number): string[] {
  const { left, right } = node;
  const operator = operatorText(node);
  if (left.kind === "number") return behind(`${onOneLine(left)} ${operator} `, node, right, width);
  const lines = operandLines(node, left, width);
  if (isSetOperator(node.operator)) return [...lines, operator, ...operandLines(node, right, width)];
  if (right.kind === "number" && left.kind !== "binary") {
    return [...lines.slice(0, -1), `${lines.at(-1)} ${operator} ${onOneLine(right)}`];
  }
  return [...lines, ...behind(`${operator} `, node, right, width)];
}

function subqueryLines(node: SubqueryNode, width: number): string[] {
  const lines = isInParentheses(node)
    ? inParentheses("", linesOf(node.of, width - INDENT.length))
    : linesOf(node.of, width);
  return [...lines.slice(0, -1), `${lines.at(-1)}${subqueryText(node)}`];
}

function linesOf(node: PromqlNode, width: number): string[] {
  const flat = onOneLine(node);
  if (flat.length <= width || !hasOperator(node)) return [flat];
  if (node.kind === "binary") return binaryLines(node, width);
  if (node.kind === "subquery") return subqueryLines(node, width);
  if (isLeaf(node)) return [flat];
  const { opening, inside } = head(node);
  const args = inside.map((arg) => linesOf(arg, width - INDENT.length));
  return inParentheses(
    opening,
    args.flatMap((lines, index) =>
      index === args.length - 1 ? lines : [...lines.slice(0, -1), `${lines.at(-1)},`],
    ),
  );
}

/**
 * PromQL for a reader: on one line where that fits, else broken at its operators, the ones that bind loosest first, with
 * parentheses only where precedence asks for them.
 */
export function print(node: PromqlNode): string {
  return linesOf(node, WIDTH).join("\n");
}
