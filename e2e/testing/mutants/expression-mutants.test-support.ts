import type { Period } from "@sockscope/catalog";
import {
  type BinaryNode,
  type BinaryOperator,
  expression,
  GRAFANA_RANGES,
  numberText,
  type PromqlNode,
  rangeSeconds,
  type SelectorNode,
} from "@sockscope/promql";
import { FACTORS, type Mutant } from "./mutant.test-support.ts";

/** What a comparison or a set operator is mistaken for. */
const MISTAKEN: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = {
  ">": "<",
  ">=": "<",
  "<": ">",
  "<=": ">",
  "==": ">",
  and: "or",
  unless: "and",
  "+": "-",
  "-": "+",
};

/** What a function is mistaken for: one of the same shape. */
const MISTAKEN_FUNCTIONS: Readonly<Record<string, string>> = {
  increase: "rate",
  rate: "increase",
  max_over_time: "min_over_time",
  min_over_time: "max_over_time",
  avg_over_time: "max_over_time",
};

/** A period that is longer or shorter by this factor, in seconds. */
export function scaledPeriod(period: Period, factor: number): Period {
  return `${Math.max(1, Math.round(rangeSeconds(period) * factor))}s`;
}

type Wrong<T> = readonly (readonly [what: string, mutated: T])[];

function wrongNumbers(value: number): Wrong<number> {
  if (value === 0) return [["0 → 1", 1]];
  // A line between two numbers of events: another line between the same two is no other.
  const isBetween = value % 1 === 0.5;
  return FACTORS.map((factor) => {
    const wrong = isBetween ? value + Math.sign(factor - 1) : value * factor;
    return [`${numberText(value)} → ${numberText(wrong)}`, wrong] as const;
  });
}

/** A matcher of several alternatives without one of them. */
function withoutAlternatives(matcher: string): Wrong<string> {
  const [, label, operator, text] = /^(\w+)(=~|!~)"(.*)"$/.exec(matcher) ?? [];
  const alternatives = text?.split("|") ?? [];
  if (alternatives.length < 2) return [];
  return alternatives.map((left) => {
    const kept = alternatives.filter((alternative) => alternative !== left).join("|");
    return [`${label} without ${left}`, `${label}${operator}"${kept}"`] as const;
  });
}

function wrongMatchers({ matchers }: SelectorNode): Wrong<readonly string[]> {
  return matchers.flatMap((matcher, index) => [
    [`without {${matcher}}`, matchers.toSpliced(index, 1)] as const,
    ...withoutAlternatives(matcher).map(([what, wrong]) => [what, matchers.with(index, wrong)] as const),
  ]);
}

function wrongSelectors(node: SelectorNode): Wrong<SelectorNode> {
  const { name, range, offset } = node;
  const isFixed = range !== undefined && !(GRAFANA_RANGES as readonly string[]).includes(range);
  return [
    ...wrongMatchers(node).map(([what, matchers]) => [`${name} ${what}`, { ...node, matchers }] as const),
    ...(isFixed ? [0.5, 2] : []).map((factor) => {
      const wrong = scaledPeriod(range as Period, factor);
      return [`${name}[${range} → ${wrong}]`, { ...node, range: wrong }] as const;
    }),
    ...(offset === undefined ? [] : [[`${name} without its offset`, { ...node, offset: "1s" }] as const]),
  ];
}

function wrongOperators(node: BinaryNode): Wrong<PromqlNode> {
  const mistaken = MISTAKEN[node.operator];
  const isSet = node.operator === "and" || node.operator === "unless" || node.operator === "or";
  return [
    ...(mistaken === undefined
      ? []
      : [[`${node.operator} → ${mistaken}`, { ...node, operator: mistaken }] as const]),
    ...(isSet ? [[`without ${node.operator} ${oneLine(node.right)}`, node.left] as const] : []),
  ];
}

function textOf(node: PromqlNode): string {
  return expression(node, []).promql;
}

function oneLine(node: PromqlNode): string {
  return textOf(node).replaceAll(/\s+/g, " ");
}

/** The node itself wrong, its parts right. */
function wrongHere(node: PromqlNode): Wrong<PromqlNode> {
  switch (node.kind) {
    case "subquery":
      return [];
    case "number":
      return wrongNumbers(node.value).map(([what, value]) => [what, { ...node, value }] as const);
    case "string":
      return [];
    case "selector":
      return wrongSelectors(node);
    case "aggregation":
      return node.by.map(
        (label, index) => [`not by ${label}`, { ...node, by: node.by.toSpliced(index, 1) }] as const,
      );
    case "call": {
      const name = MISTAKEN_FUNCTIONS[node.name];
      return name === undefined ? [] : [[`${node.name} → ${name}`, { ...node, name }]];
    }
    case "binary":
      return wrongOperators(node);
  }
}

/** One of its parts wrong. */
function wrongInside(node: PromqlNode): Wrong<PromqlNode> {
  const within = <P extends PromqlNode>(part: P, put: (wrong: PromqlNode) => PromqlNode): Wrong<PromqlNode> =>
    wrongNodes(part).map(([what, wrong]) => [what, put(wrong)] as const);
  switch (node.kind) {
    case "aggregation":
    case "subquery":
      return within(node.of, (of) => ({ ...node, of }));
    case "binary":
      return [
        ...within(node.left, (left) => ({ ...node, left })),
        ...within(node.right, (right) => ({ ...node, right })),
      ];
    case "call":
      return node.args.flatMap((arg, index) =>
        within(arg, (wrong) => ({ ...node, args: node.args.with(index, wrong) })),
      );
    default:
      return [];
  }
}

/** An expression with one of its parts wrong, in every place, and what. */
export function wrongNodes(node: PromqlNode): Wrong<PromqlNode> {
  return [...wrongHere(node), ...wrongInside(node)];
}

/**
 * An expression with each of its numbers, comparisons, matchers, windows, functions and groupings wrong by itself: as PromQL,
 * each once.
 */
export function expressionMutants(node: PromqlNode): readonly Mutant<string>[] {
  const seen = new Set([textOf(node)]);
  return wrongNodes(node).flatMap(([change, wrong]) => {
    const promql = textOf(wrong);
    if (seen.has(promql)) return [];
    seen.add(promql);
    return [{ change, mutated: promql }];
  });
}
