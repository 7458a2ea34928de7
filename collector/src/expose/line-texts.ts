import type { LabelSet, Metric } from "@sockscope/catalog";
import type { FamilyShape } from "../registry/family-shape.ts";
import { escapeHelp, escapeLabelValue } from "./escape.ts";
import { prometheusNumber } from "./prometheus-number.ts";

/** The comments above a family's lines. */
export function familyHeader({ metric, help }: FamilyShape): string {
  return `# HELP ${metric.name} ${escapeHelp(help)}\n# TYPE ${metric.name} ${metric.type}\n`;
}

const HISTOGRAM_KINDS = ["_bucket", "_sum", "_count"] as const;
const ONE_KIND = [""] as const;

/** What the names of a metric's series end in, in the order in which a combination's are exposed. */
export function seriesKinds(metric: Metric): readonly string[] {
  return "layout" in metric ? HISTOGRAM_KINDS : ONE_KIND;
}

/** With what each line of a block begins, by kind of series: the name, and the labels that the block is known by. */
export function lineHeads({ metric }: FamilyShape, labels: LabelSet): string[] {
  const pairs = labelPairs(labels);
  const opened = pairs.length === 0 ? "" : `{${pairs.join(",")}`;
  return seriesKinds(metric).map((kind) => `${metric.name}${kind}${opened}`);
}

/** How each line of a block goes on up to its value, in the order in which they are exposed. */
export function lineTails({ metric, outer, combinations }: FamilyShape): string[] {
  const opens = Object.keys(outer).length === 0;
  const inner = combinations.map(labelPairs);
  if (!("layout" in metric)) return inner.map((pairs) => lineTail(pairs, opens));
  const bounds = [...metric.layout.bounds, Number.POSITIVE_INFINITY].map(prometheusNumber);
  return inner.flatMap((pairs) => [
    ...bounds.map((le) => lineTail([...pairs, `le="${le}"`], opens)),
    lineTail(pairs, opens),
    lineTail(pairs, opens),
  ]);
}

/** @param opens whether no head has opened the braces */
function lineTail(pairs: readonly string[], opens: boolean): string {
  if (pairs.length === 0) return opens ? " " : "} ";
  return `${opens ? "{" : ","}${pairs.join(",")}} `;
}

function labelPairs(labels: LabelSet): string[] {
  return Object.entries(labels).map(([name, value]) => `${name}="${escapeLabelValue(value)}"`);
}
