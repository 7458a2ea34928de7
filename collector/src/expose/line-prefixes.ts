import type { Family, LabelIndex } from "../registry/family.ts";
import { escapeHelp, escapeLabelValue } from "./escape.ts";
import { prometheusNumber } from "./prometheus-number.ts";

/** The comments above a family's lines. */
export function familyHeader({ metric, help }: Family): string {
  return `# HELP ${metric.name} ${escapeHelp(help)}\n# TYPE ${metric.name} ${metric.type}\n`;
}

/** Each line of a family up to its value, in the order in which they are exposed. */
export function linePrefixes({ metric, labels }: Family): string[] {
  const combinations = labelTexts(labels);
  if (!("buckets" in metric)) return combinations.map((pairs) => linePrefix(metric.name, pairs));
  const bounds = [...metric.buckets.bounds, Number.POSITIVE_INFINITY].map(prometheusNumber);
  return combinations.flatMap((pairs) => [
    ...bounds.map((le) => linePrefix(`${metric.name}_bucket`, [...pairs, `le="${le}"`])),
    linePrefix(`${metric.name}_sum`, pairs),
    linePrefix(`${metric.name}_count`, pairs),
  ]);
}

function linePrefix(name: string, pairs: readonly string[]): string {
  return pairs.length === 0 ? `${name} ` : `${name}{${pairs.join(",")}} `;
}

/** The label pairs of every combination, the last label varying fastest, as the slots do. */
function labelTexts(labels: readonly LabelIndex[]): string[][] {
  return labels.reduce<string[][]>(
    (combinations, { name, values }) =>
      combinations.flatMap((pairs) =>
        values.map((value) => [...pairs, `${name}="${escapeLabelValue(value)}"`]),
      ),
    [[]],
  );
}
