import type { Config } from "../declaration.ts";
import { type Contradiction, mistakeAt } from "./mistake-at.ts";

type Histogram = Config["histograms"][string];

/** A metric's name that is a series of another kind, or a part of a histogram. */
export const SERIES_OF_ANOTHER_KIND = /_(?:total|bucket|sum|count)$/;

/** What becomes of older layouts has to be possible, and said exactly where it has to be. */
export function olderLayoutMistakes({ counters, histograms }: Config): Contradiction[] {
  const names = [...Object.keys(counters), ...Object.keys(histograms), ...keptNames(histograms)];
  return Object.entries(histograms).flatMap(([name, histogram]) =>
    histogram.olderLayouts.flatMap((older, position) => {
      const mistake = (key: string, problem: string): Contradiction =>
        mistakeAt(["histograms", name, "olderLayouts", position, key], problem);
      const ids = [histogram.layout, ...histogram.olderLayouts.map(({ id }) => id)];
      return [
        ...(ids.indexOf(older.id) === position + 1
          ? []
          : [mistake("id", `"${older.id}" is another layout's; a layout keeps its id, and no other has it`)]),
        ...fateProblem(name, older, histogram.bounds).map((problem) => mistake("keptAs", problem)),
        ...nameProblem(older.keptAs, names).map((problem) => mistake("keptAs", problem)),
      ];
    }),
  );
}

function keptNames(histograms: Config["histograms"]): string[] {
  return Object.values(histograms).flatMap(({ olderLayouts }) =>
    olderLayouts.flatMap(({ keptAs = [] }) => keptAs),
  );
}

function fateProblem(
  name: string,
  { bounds, keptAs }: Histogram["olderLayouts"][number],
  newest: readonly number[],
): string[] {
  const cut = newest.find((bound) => !bounds.includes(bound));
  if (cut === undefined)
    return keptAs === undefined
      ? []
      : [`"${keptAs}" is not needed: these buckets are counted in the newest; leave it out`];
  return keptAs === undefined
    ? [
        `is missing; the newest bound ${cut} is none of this layout's, so it stays a histogram of its own: name it, as in "${name}_layout_1"`,
      ]
    : [];
}

function nameProblem(keptAs: string | undefined, names: readonly string[]): string[] {
  if (keptAs === undefined) return [];
  if (names.filter((name) => name === keptAs).length > 1)
    return [`"${keptAs}" is another metric's name; use one of its own`];
  return SERIES_OF_ANOTHER_KIND.test(keptAs)
    ? [`"${keptAs}" ends like a series of another kind of metric; use another`]
    : [];
}
