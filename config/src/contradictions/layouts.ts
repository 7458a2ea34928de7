import { allMetrics, type BucketLayout, DEFAULT_CATALOG } from "@sockscope/catalog";
import type { Config } from "../declaration.ts";
import { valueText } from "../mistakes.ts";
import { type Contradiction, mistakeAt, type Path } from "./mistake-at.ts";

/** The ids of the product's layouts, those of older releases too. */
const PRODUCT_LAYOUTS: readonly string[] = allMetrics(DEFAULT_CATALOG)
  .flatMap(({ metric, olderLayouts = [] }) =>
    "layout" in metric ? [metric.layout, ...olderLayouts.map(({ layout }) => layout)] : [],
  )
  .map(({ id }) => id);

/** A layout that a histogram has or had. */
interface DeclaredLayout extends BucketLayout {
  readonly histogram: string;
  readonly path: Path;
}

function declaredLayouts(histograms: Config["histograms"]): DeclaredLayout[] {
  return Object.entries(histograms).flatMap(([histogram, { layout: id, bounds, max, olderLayouts }]) => [
    { histogram, path: ["histograms", histogram, "layout"], id, bounds, max },
    ...olderLayouts.map((older, position) => ({
      ...older,
      histogram,
      path: ["histograms", histogram, "olderLayouts", position, "id"],
    })),
  ]);
}

function isSame(a: BucketLayout, b: BucketLayout): boolean {
  return a.max === b.max && a.bounds.join() === b.bounds.join();
}

/** An id travels on the wire and stands for its bounds, so it cannot stand for others, too. */
export function layoutMistakes({ histograms }: Pick<Config, "histograms">): Contradiction[] {
  const all = declaredLayouts(histograms);
  return all.flatMap((layout) => {
    const problem = (what: string): Contradiction[] => [
      mistakeAt(layout.path, `${valueText(layout.id)} ${what}`),
    ];
    if (PRODUCT_LAYOUTS.includes(layout.id))
      return problem("is a layout of the product's own; use another id");
    const first = all.find(({ id }) => id === layout.id) ?? layout;
    return isSame(layout, first)
      ? []
      : problem(`has other bounds or another max at ${first.histogram}; use another id, or the same of both`);
  });
}
