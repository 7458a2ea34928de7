import type { Period } from "@sockscope/catalog";
import {
  type Expression,
  type PromqlNode,
  partsOf,
  rangeSeconds,
  type SubqueryRange,
} from "@sockscope/promql";

type Back = SubqueryRange | undefined;

function isPeriod(range: Back): range is Period {
  return range !== undefined && !range.startsWith("$");
}

/** How long those are together that do not depend on a panel, in seconds. */
function periodsIn(ranges: readonly Back[]): number {
  return ranges.filter(isPeriod).reduce((sum, period) => sum + rangeSeconds(period), 0);
}

/** What a recording rule looks back over, which its name ends with. */
function recordedOver(name: string): Back {
  const [, range] = /:.*(?:rate|increase)(\d+[smhd])$/.exec(name) ?? [];
  return range as Back;
}

/** How far back what a node reads lies, in seconds. */
function secondsBack(node: PromqlNode): number {
  const own = node.kind === "selector" || node.kind === "subquery" ? [node.range, node.offset] : [];
  const recorded = node.kind === "selector" ? [recordedOver(node.name)] : [];
  return periodsIn([...own, ...recorded]) + Math.max(0, ...partsOf(node).map(secondsBack));
}

/** What somebody looks at a dashboard over. */
const SPANS: readonly Period[] = ["1h", "6h", "1d", "3d"];

/** As many of them show how it was before. */
const LONGEST_SPAN: Period = "7d";

/** Twice what the expression looks back over, so that a panel shows how it was before. */
export function howFarBack({ node }: Expression): Period {
  const seconds = 2 * secondsBack(node);
  return SPANS.find((span) => rangeSeconds(span) >= seconds) ?? LONGEST_SPAN;
}
