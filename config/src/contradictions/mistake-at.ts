import type { Mistake } from "../config-error.ts";
import { pathText, valueText } from "../mistakes.ts";

/** Where in a configuration something stands. */
export type Path = readonly (string | number)[];

/** A mistake in what stands at a path. */
export function mistakeAt(path: Path, problem: string): Mistake {
  return { path: pathText(path), problem };
}

/** Values of a list that are there before. */
export function repeated(path: Path, values: readonly string[], below: Path = []): Mistake[] {
  return values.flatMap((value, position) =>
    values.indexOf(value) === position
      ? []
      : [mistakeAt([...path, position, ...below], `${valueText(value)} is there twice; remove one`)],
  );
}
