import { type Expression, expression, type Selection } from "./expression.ts";
import type { PromqlNode, SelectorNode } from "./node.ts";
import { partsOf } from "./parts-of.ts";

/*
 * Labels of the environment, such as `cluster`, are stamped on every series by whoever scrapes. What is written without them
 * is true of one environment; these make it true of each of several.
 */

/**
 * What a recording rule is called that keeps these labels: `app:ws_closes:rate5m` becomes `cluster_app:ws_closes:rate5m`.
 * Labels that its level has are kept already.
 */
export function recordedName<Name extends string>(name: Name, labels: readonly string[]): Name {
  const [level = "", ...rest] = name.split(":");
  if (rest.length === 0) return name;
  const kept = level.split("_");
  const added = labels.filter((label) => !kept.includes(label));
  return [[...added, level].filter((part) => part !== "").join("_"), ...rest].join(":") as Name;
}

/** Whether a result has the labels that its series have; `absent()` and `vector()` make up a series of their own. */
function hasSeriesLabels(node: PromqlNode): boolean {
  if (node.kind === "selector") return true;
  const isMadeUp = node.kind === "call" && node.name === "absent";
  return !isMadeUp && partsOf(node).some(hasSeriesLabels);
}

/** A node with its parts changed, from the inside out. */
function mapNode(node: PromqlNode, change: (node: PromqlNode) => PromqlNode): PromqlNode {
  const inside = (part: PromqlNode): PromqlNode => mapNode(part, change);
  switch (node.kind) {
    case "aggregation":
    case "subquery":
      return change({ ...node, of: inside(node.of) });
    case "binary":
      return change({ ...node, left: inside(node.left), right: inside(node.right) });
    case "call":
      return change({ ...node, args: node.args.map(inside) });
    default:
      return change(node);
  }
}

function withRecordedName(node: SelectorNode, labels: readonly string[]): SelectorNode {
  return { ...node, name: recordedName(node.name, labels) };
}

/**
 * The same for each value of these labels: every aggregation keeps them, operands are matched by them, and recorded
 * expressions are read under the names that have them. Where one side of `on (...)` has no labels of any series, as
 * `absent()`, it goes on standing for all.
 */
export function keepApart<L extends string>(
  { node, labels: own }: Expression<L>,
  labels: readonly string[],
): Expression<L> {
  const kept = mapNode(node, (part) => {
    if (part.kind === "selector") return withRecordedName(part, labels);
    if (part.kind === "aggregation" && hasSeriesLabels(part.of))
      return { ...part, by: [...labels, ...part.by] };
    if (part.kind === "binary" && part.on !== undefined && [part.left, part.right].every(hasSeriesLabels))
      return { ...part, on: [...labels, ...part.on] };
    return part;
  });
  // The caller knows labels of the environment by name, the types do not.
  const all = hasSeriesLabels(node) ? ([...labels, ...own] as L[]) : own;
  return expression(kept, all);
}

/**
 * The same, and once chosen, also series that have no label of the environment, which are of every one: those of Prometheus itself, say,
 * of an alert whose expression has no labels.
 */
export function orOfEveryEnvironment<L extends string>({ node, labels }: Selection<L>): Selection<L> {
  return expression({ ...node, isOfEveryEnvironment: true }, labels);
}

function chosenBy({ isOfEveryEnvironment }: SelectorNode, label: string): string {
  return `${label}=~"$${label}${isOfEveryEnvironment === true ? "|" : ""}"`;
}

/** The same of what a dashboard's variables choose, which are called like the labels: `cluster=~"$cluster"`. */
export function chooseBy<L extends string>(
  { node, labels: own }: Expression<L>,
  labels: readonly string[],
): Expression<L> {
  const chosen = mapNode(node, (part) =>
    part.kind === "selector"
      ? {
          ...withRecordedName(part, labels),
          matchers: [...part.matchers, ...labels.map((label) => chosenBy(part, label))],
        }
      : part,
  );
  return expression(chosen, own);
}
