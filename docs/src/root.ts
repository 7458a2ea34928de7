import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The repository's root, with a trailing slash. */
export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));

/** The text of a file of the repository. */
export function readSource(path: string): string {
  return readFileSync(`${ROOT}${path}`, "utf8");
}
