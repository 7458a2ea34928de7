import { existsSync, readFileSync, statSync } from "node:fs";
import { ROOT } from "../root.ts";
import { composeFile } from "./compose-file.ts";
import { COMPOSE_RULES } from "./rules.ts";

/** The text of a file of the repository, or `directory`; undefined where there is none. */
export function readInRepository(path: string): string | undefined {
  const file = `${ROOT}${path}`;
  if (!existsSync(file)) return undefined;
  return statSync(file).isDirectory() ? "directory" : readFileSync(file, "utf8");
}

/** What is wrong with docker-compose.yml, each in a sentence; the Compose specification's schema is a test's to hold it to. */
export function composeProblems(): readonly string[] {
  const compose = composeFile(readInRepository("docker-compose.yml") ?? "services: {}");
  return Object.values(COMPOSE_RULES).flatMap((rule) => rule({ compose, read: readInRepository }));
}
