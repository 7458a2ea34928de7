import { REPEATED_RULE, repeatedPositions } from "@sockscope/catalog";
import { valueText } from "../mistakes.ts";

/** Where in a configuration something stands. */
export type Path = readonly (string | number)[];

/** Something that is right by itself, and wrong beside something else. */
export interface Contradiction {
  readonly path: Path;
  /** What was received and what to do, in one line. */
  readonly problem: string;
}

/** A contradiction in what stands at a path. */
export function mistakeAt(path: Path, problem: string): Contradiction {
  return { path, problem };
}

/** Values of a list that are there before. */
export function repeated(path: Path, values: readonly string[]): Contradiction[] {
  return repeatedPositions(values).map((position) =>
    mistakeAt([...path, position], `${valueText(values[position])} ${REPEATED_RULE}`),
  );
}
