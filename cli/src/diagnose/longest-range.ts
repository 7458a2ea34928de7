import type { Period } from "@sockscope/catalog";
import { type Expression, type PromqlNode, partsOf, rangeSeconds } from "@sockscope/promql";

function periodsIn(node: PromqlNode): readonly Period[] {
  const own = node.kind === "selector" || node.kind === "subquery" ? node.range : undefined;
  const period = own === undefined || own.startsWith("$") ? [] : [own as Period];
  return [...period, ...partsOf(node).flatMap(periodsIn)];
}

/** The longest time that an expression looks at; undefined where it looks at one moment. */
export function longestRange({ node }: Expression): Period | undefined {
  return periodsIn(node).toSorted((a, b) => rangeSeconds(b) - rangeSeconds(a))[0];
}
