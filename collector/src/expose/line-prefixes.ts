import type { LabelSet } from "@sockscope/catalog";
import type { Family } from "../registry/family.ts";
import { escapeHelp, escapeLabelValue } from "./escape.ts";
import { prometheusNumber } from "./prometheus-number.ts";

/** The comments above a family's lines. */
export function familyHeader({ metric, help }: Family): string {
  return `# HELP ${metric.name} ${escapeHelp(help)}\n# TYPE ${metric.name} ${metric.type}\n`;
}

/** Each line of a family up to its value, in the order in which they are exposed. */
export function linePrefixes({ metric, combinations }: Family): string[] {
  const labels = combinations.map(labelPairs);
  if (!("layout" in metric)) return labels.map((pairs) => linePrefix(metric.name, pairs));
  const bounds = [...metric.layout.bounds, Number.POSITIVE_INFINITY].map(prometheusNumber);
  return labels.flatMap((pairs) => [
    ...bounds.map((le) => linePrefix(`${metric.name}_bucket`, [...pairs, `le="${le}"`])),
    linePrefix(`${metric.name}_sum`, pairs),
    linePrefix(`${metric.name}_count`, pairs),
  ]);
}

function linePrefix(name: string, pairs: readonly string[]): string {
  return pairs.length === 0 ? `${name} ` : `${name}{${pairs.join(",")}} `;
}

function labelPairs(labels: LabelSet): string[] {
  return Object.entries(labels).map(([name, value]) => `${name}="${escapeLabelValue(value)}"`);
}
