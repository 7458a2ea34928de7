import { readFileSync } from "node:fs";
import { STATE } from "./root.ts";
import { StackError } from "./stack-error.ts";

/** The programs that the stack and tests start or check with. */
export type ProgramName =
  | "prometheus"
  | "promtool"
  | "alertmanager"
  | "amtool"
  | "chromium"
  | "redis-server"
  | "redis-cli"
  | "jq"
  | "curl"
  | "python";

/** Absolute paths of the programs that were found; the set-up of `npm run up` and `npm test` writes them down. */
export type Programs = Readonly<Partial<Record<ProgramName, string>>>;

/** What the set-up found. Throws a {@link StackError} when it never ran. */
export function readPrograms(): Programs {
  try {
    return JSON.parse(readFileSync(`${STATE}/programs.json`, "utf8")) as Programs;
  } catch (cause) {
    throw new StackError("programs", "not set up. Run `npm run up` or `npm test` once.", { cause });
  }
}

/** The path of a program. Throws a {@link StackError} when it was not found. */
export function program(programs: Programs, name: ProgramName): string {
  const path = programs[name];
  if (path === undefined) throw new StackError(name, `not found. Install ${name} and run this again.`);
  return path;
}
