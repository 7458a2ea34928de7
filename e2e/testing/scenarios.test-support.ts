import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

/** The scenarios of a file in `e2e/scenarios/`. */
export function readScenarios<S>(file: string): readonly S[] {
  const path = fileURLToPath(new URL(`../scenarios/${file}`, import.meta.url));
  return parse(readFileSync(path, "utf8")) as S[];
}
