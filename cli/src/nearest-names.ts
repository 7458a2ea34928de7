import { distance } from "fastest-levenshtein";

const NEAREST = 3;

/** The names that somebody may have meant: those that contain the text first, then those that are spelled alike. */
export function nearestNames(name: string, known: readonly string[]): readonly string[] {
  const wanted = name.toLowerCase();
  const far = (other: string): number => {
    const lower = other.toLowerCase();
    return lower.includes(wanted) ? lower.length - wanted.length - 1000 : distance(lower, wanted);
  };
  return [...known].sort((a, b) => far(a) - far(b)).slice(0, NEAREST);
}
