import type { PanelSpec } from "@sockscope/dashboards";
import { type PromqlNode, partsOf } from "@sockscope/promql";
import { HALF_AN_EVENT, type Line, RECORDING_GROUPS } from "@sockscope/slo";
import type { Alert } from "../symptoms/alert.ts";

type Binary = Extract<PromqlNode, { readonly kind: "binary" }>;

const RECORDED: ReadonlyMap<string, PromqlNode> = new Map(
  RECORDING_GROUPS.flatMap(({ rules }) => rules.map(({ record, expression }) => [record, expression.node])),
);

function isRecorded(node: PromqlNode): boolean {
  return node.kind === "selector" ? RECORDED.has(node.name) : partsOf(node).some(isRecorded);
}

function isNumber(node: PromqlNode | undefined, value: number): boolean {
  return node?.kind === "number" && node.value === value;
}

/** What keeps a graph from showing what is no number: where nothing happened, or beyond none and all. */
function isGuard(node: PromqlNode): boolean {
  if (node.kind === "call") return node.name.startsWith("clamp_");
  return node.kind === "binary" && [">", ">="].includes(node.operator) && isNumber(node.right, 0);
}

/** The worst since the point before of what is recorded, as fine as the panel shows. */
function isAsFineAsThePanel(node: PromqlNode): boolean {
  const [of] = node.kind === "call" && /^(?:min|max)_over_time$/.test(node.name) ? node.args : [];
  return of?.kind === "selector" && (of.range ?? "").startsWith("$");
}

/** What is recorded for the whole is the sum of itself, where there is one environment. */
function isSumOfRecorded(node: PromqlNode): boolean {
  return node.kind === "aggregation" && node.operator === "sum" && isRecorded(node);
}

/** The same number without what a panel adds to it, or a recording rule takes from it. */
function bare(node: PromqlNode): PromqlNode {
  const [of] = partsOf(node);
  if (of !== undefined && (isGuard(node) || isSumOfRecorded(node) || isAsFineAsThePanel(node)))
    return bare(of);
  switch (node.kind) {
    case "selector": {
      const { range: _, ...moment } = node;
      if ((node.range ?? "").startsWith("$")) return bare(moment);
      const recorded = node.range === undefined ? RECORDED.get(node.name) : undefined;
      const matchers = node.matchers.filter((matcher) => !matcher.includes('"$'));
      return recorded === undefined ? { ...node, matchers } : bare(recorded);
    }
    case "binary":
      return { ...node, left: bare(node.left), right: bare(node.right) };
    case "call":
      return { ...node, args: node.args.map(bare) };
    case "aggregation":
    case "subquery":
      return { ...node, of: bare(node.of) };
    default:
      return node;
  }
}

function hasPart(node: PromqlNode, part: PromqlNode): boolean {
  return JSON.stringify(node) === JSON.stringify(part) || partsOf(node).some((own) => hasPart(own, part));
}

/** A value, and the line that it is held to. */
interface Held extends Line {
  readonly value: PromqlNode;
}

/** What an alert compares first: what comes with it are conditions. */
function comparisonOf(node: PromqlNode): Binary {
  if (node.kind !== "binary") throw new Error(`${node.kind} compares nothing`);
  return ["and", "unless"].includes(node.operator) ? comparisonOf(node.left) : node;
}

/** What is less than a share of another is less than the share, of the other. */
function heldOf({ expression }: Alert): Held {
  const { operator, left, right } = comparisonOf(expression.node);
  const badSide = operator === ">" ? "above" : "below";
  if (right.kind === "binary" && right.left.kind === "number")
    return {
      value: { kind: "binary", operator: "/", left, right: right.right },
      at: right.left.value,
      badSide,
    };
  if (right.kind !== "number") throw new Error(`is held to a ${right.kind}`);
  return { value: left, at: right.value, badSide };
}

/** The same, and the rest of the whole held to the rest of the line: late messages are as many as those in time leave. */
function eitherWay(held: Held): readonly Held[] {
  const { value, at, badSide } = held;
  if (value.kind !== "binary" || value.operator !== "-" || !isNumber(value.left, 1)) return [held];
  return [held, { value: value.right, at: 1 - at, badSide: badSide === "above" ? "below" : "above" }];
}

/** What a panel divides by that draws its line at one: how much of what fires there is. */
function divisorOf(node: PromqlNode): number {
  if (node.kind === "binary" && node.operator === "/" && node.right.kind === "number")
    return node.right.value;
  return (
    partsOf(node)
      .map(divisorOf)
      .find((divisor) => divisor !== 1) ?? 1
  );
}

/** The panel's one line; undefined where it has none, or several. */
function lineOf({ build }: PanelSpec): Line | undefined {
  const [first, second, ...others] = build().fieldConfig?.defaults.thresholds?.steps ?? [];
  if (typeof second?.value !== "number" || others.length > 0) return undefined;
  return { at: second.value, badSide: first?.color === "red" ? "below" : "above" };
}

/** The panel's query of the alert's own value, and as which it has it; undefined where it has none. */
function shown({ queries }: PanelSpec, alert: Alert): { query: PromqlNode; held: Held } | undefined {
  return eitherWay(heldOf(alert)).flatMap((held) => {
    const query = queries.find(({ expression }) => hasPart(bare(expression.node), bare(held.value)));
    return query === undefined ? [] : { query: query.expression.node, held };
  })[0];
}

function isLineOf(line: Line, query: PromqlNode, held: Held): boolean {
  const at = line.at === 1 ? divisorOf(query) : line.at;
  // No event is allowed, and the increase of one is not a whole number.
  const wanted = held.at === 0 ? HALF_AN_EVENT : held.at;
  return line.badSide === held.badSide && Math.abs(at - wanted) < 1e-9;
}

/**
 * Whether expressions are the same number but for what a panel adds: the app that its reader chose, how fine it is drawn, and
 * what keeps away what is no number. Tests that execute panels are about those.
 */
export function isSameNumber(some: PromqlNode, other: PromqlNode): boolean {
  return JSON.stringify(bare(some)) === JSON.stringify(bare(other));
}

/** What the panel that an alert leads to does not show of the alert's own number; undefined where it is its graph, with its line. */
export function ownPanelFault(alert: Alert): string | undefined {
  const { panel } = alert.panel;
  const found = shown(panel, alert);
  if (found === undefined) return "shows another number";
  const line = lineOf(panel);
  if (line === undefined) return "has no line, or several";
  if (!isLineOf(line, found.query, found.held))
    return `has its line at ${line.at}, and bad is what is ${line.badSide}`;
  return panel.build().type === "timeseries" ? undefined : "is no graph";
}
