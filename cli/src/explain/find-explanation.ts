import { closeCodeLabel } from "@sockscope/catalog";
import type { Explanation } from "./explanation.ts";

/** What a classic histogram adds to its metric's name. */
const SERIES_SUFFIX = /_(?:bucket|sum|count)$/i;

/** The name under which something is explained that is met under another: a histogram's series, one code of a range. */
function explainedAs(name: string): string {
  return /^\d{4}$/.test(name) ? closeCodeLabel(Number(name)) : name.replace(SERIES_SUFFIX, "");
}

/**
 * The explanation of a name, else of an alias; letters' case does not matter. A close code without a row of its own is
 * explained by its range, and a histogram's series by its metric.
 */
export function findExplanation(name: string, explanations: readonly Explanation[]): Explanation | undefined {
  const isNamed = (wanted: string) => (known: string) => known.toLowerCase() === wanted.toLowerCase();
  for (const wanted of [name, explainedAs(name)]) {
    const isMeant = isNamed(wanted);
    const found =
      explanations.find((explanation) => isMeant(explanation.name)) ??
      explanations.find(({ aliases }) => aliases.some(isMeant));
    if (found !== undefined) return found;
  }
  return undefined;
}
