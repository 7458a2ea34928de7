import { closest, distance } from "fastest-levenshtein";

/** The name that somebody probably meant; undefined when none is spelled alike. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(name, known);
  return distance(name, nearest) <= name.length / 2 ? nearest : undefined;
}
