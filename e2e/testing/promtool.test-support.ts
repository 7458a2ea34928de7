import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RuleGroup } from "@sockscope/alerts";
import { SERVER_CONNECTION_AGE } from "@sockscope/catalog";

const PROGRAMS = fileURLToPath(new URL("../../.sockscope/programs.json", import.meta.url));

/** Where promtool is. Throws when the set-up has not found it: without it, nothing here would be tested. */
function promtoolPath(): string {
  const { promtool } = JSON.parse(readFileSync(PROGRAMS, "utf8")) as { readonly promtool?: string };
  if (promtool === undefined) throw new Error(`${PROGRAMS} names no promtool. Run \`npm test\` once.`);
  return promtool;
}

/** What promtool said, and whether it was content. */
export interface Verdict {
  readonly passed: boolean;
  readonly output: string;
}

function promtool(folder: string, args: readonly string[], input = ""): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const child = execFile(promtoolPath(), args, { cwd: folder }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== "number") reject(error);
      else resolve({ passed: error === null, output: `${stdout}${stderr}` });
    });
    child.stdin?.end(input);
  });
}

/** `promtool check metrics`, of an exposition in the text format */
export function checkMetrics(exposition: string): Promise<Verdict> {
  return promtool(tmpdir(), ["check", "metrics"], exposition);
}

async function inFolder(files: Readonly<Record<string, object>>, args: readonly string[]): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), "sockscope-rules-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      // JSON is YAML, and written faster.
      writeFileSync(join(folder, name), JSON.stringify(content));
    }
    return await promtool(folder, args);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * All that promtool has to say of a server: the text format has no gauge histograms, so nothing can carry the help of the ages'
 * parts. OpenMetrics has them.
 */
export const COMPLAINTS_OF_SERVERS: readonly string[] = ["_bucket", "_gcount", "_gsum"].map(
  (suffix) => `${SERVER_CONNECTION_AGE.name}${suffix} no help text`,
);

/** `promtool check rules` */
export function checkRules(groups: readonly RuleGroup[]): Promise<Verdict> {
  return inFolder({ "rules.yml": { groups } }, ["check", "rules", "rules.yml"]);
}

/**
 * `promtool test rules`
 *
 * @param groups in the order of evaluation; promtool takes any order unless it is told
 * @param tests as in promtool's test files
 */
export function testRules(
  groups: readonly RuleGroup[],
  tests: readonly object[],
  evaluationInterval = "1m",
): Promise<Verdict> {
  const test = {
    rule_files: ["rules.yml"],
    evaluation_interval: evaluationInterval,
    group_eval_order: groups.map(({ name }) => name),
    tests,
  };
  return inFolder({ "rules.yml": { groups }, "test.yml": test }, ["test", "rules", "test.yml"]);
}
