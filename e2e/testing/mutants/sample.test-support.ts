import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Mutant } from "./mutant.test-support.ts";

/** What mutants are made of, and what judges them. */
const CONTENT = [
  "alerts/generated/rules.yml",
  "alerts/generated/rules.test.yml",
  "alerts/generated/alertmanager.yml",
  "e2e/scenarios/alerts.yml",
  "e2e/scenarios/alert-limits.yml",
  "e2e/scenarios/recording-rules.yml",
  "e2e/scenarios/targets.yml",
].map((file) => readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8"));

/** One of how many mutants is looked at; 1: all. */
const ONE_IN = Number(process.env["MUTANTS_ONE_IN"] ?? 1);

const SEED = createHash("sha256").update(CONTENT.join()).digest("hex");

function isInSample(of: string, change: string): boolean {
  const hash = createHash("sha256").update(`${SEED} ${of} ${change}`).digest();
  return hash.readUInt32BE() % ONE_IN === 0;
}

/**
 * All mutants, or the sample whose turn it is: another one as soon as a rule or a test of one changes, and the same as long as none
 * does.
 *
 * @param of what they are mutants of
 */
export function sampled<T>(of: string, mutants: readonly Mutant<T>[]): readonly Mutant<T>[] {
  return mutants.filter(({ change }) => isInSample(of, change));
}
