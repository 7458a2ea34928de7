import type { Counter, EnumeratedLabel, Histogram, LabelSet } from "@sockscope/catalog/runtime";

/**
 * Tells a metric's series apart; undefined when a label is missing or has a value that the catalog does not know, so that
 * nothing a page says can create a series. All of a client's labels are enumerated.
 */
export function seriesKey(
  { name, labels: domains }: Counter | Histogram,
  labels: LabelSet,
): string | undefined {
  let key = name;
  for (const [label, domain] of Object.entries(domains)) {
    const value = labels[label] as string;
    if (!(domain as EnumeratedLabel).values.includes(value)) return undefined;
    key += ` ${value}`;
  }
  return key;
}
