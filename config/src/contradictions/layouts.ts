import { allMetrics, type BucketLayout, DEFAULT_CATALOG } from "@sockscope/catalog";
import type { Config } from "../declaration.ts";
import { valueText } from "../mistakes.ts";
import { type Contradiction, mistakeAt } from "./mistake-at.ts";

/** The ids of the product's layouts, those of older releases too. */
const PRODUCT_LAYOUTS: readonly string[] = allMetrics(DEFAULT_CATALOG)
  .flatMap(({ metric, olderLayouts = [] }) =>
    "layout" in metric ? [metric.layout, ...olderLayouts.map(({ layout }) => layout)] : [],
  )
  .map(({ id }) => id);

function isSame(a: Omit<BucketLayout, "id">, b: Omit<BucketLayout, "id">): boolean {
  return a.max === b.max && a.bounds.join() === b.bounds.join();
}

/** An id travels on the wire and stands for its bounds, so it cannot stand for others, too. */
export function layoutMistakes({ histograms }: Pick<Config, "histograms">): Contradiction[] {
  const all = Object.entries(histograms);
  return all.flatMap(([name, histogram]) => {
    const { layout } = histogram;
    const problem = (what: string): Contradiction[] => [
      mistakeAt(["histograms", name, "layout"], `${valueText(layout)} ${what}`),
    ];
    if (PRODUCT_LAYOUTS.includes(layout)) return problem("is a layout of the product's own; use another id");
    const [first, other] = all.find(([, { layout: id }]) => id === layout) ?? [name, histogram];
    return isSame(histogram, other)
      ? []
      : problem(`has other bounds or another max at ${first}; use another id, or the same of both`);
  });
}
