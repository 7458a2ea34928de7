import type { Counter, EnumeratedLabel, Histogram, LabelSet } from "@sockscope/catalog/runtime";

/**
 * The labels of a series of this metric. A value that nobody knows becomes `other` where the label has that; else
 * undefined, so that nothing a page says can create a series. All of a client's labels are enumerated.
 *
 * @param own values that the metric's labels have beside those of the catalog
 */
export function knownLabels(
  { labels: domains }: Counter | Histogram,
  labels: LabelSet,
  own: readonly string[] = [],
): LabelSet | undefined {
  const known: Record<string, string> = {};
  for (const [label, domain] of Object.entries(domains as Record<string, EnumeratedLabel>)) {
    const value = [labels[label] as string, "other"].find((candidate) =>
      domain.concat(own).includes(candidate),
    );
    if (value === undefined) return undefined;
    known[label] = value;
  }
  return known;
}
