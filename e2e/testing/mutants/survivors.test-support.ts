import { ACCEPTED_SURVIVORS } from "../../mutation/accepted-survivors.ts";
import { type PromtoolTest, type Suspect, unnoticed } from "./judged-together.test-support.ts";
import type { Mutant } from "./mutant.test-support.ts";
import { sampled } from "./sample.test-support.ts";

/** Tests that are evaluated together, and how a rule, under a number of its own, is made one of their suspects. */
export interface Stage<T> {
  readonly tests: readonly PromtoolTest[];
  readonly suspect: (rule: T, number: number) => Suspect;
  /** Default: a minute. */
  readonly evaluationInterval?: string;
}

const RIGHT = 0;

/** The changes that no stage notices. Throws where the right rule is noticed, too: then its tests prove nothing. */
async function survivors<T>(
  right: T,
  mutants: readonly Mutant<T>[],
  stages: readonly Stage<T>[],
): Promise<readonly string[]> {
  const all = [right, ...mutants.map(({ mutated }) => mutated)];
  let left: readonly number[] = [...all.keys()];
  for (const { tests, suspect, evaluationInterval } of stages) {
    if (left.length === 1) break;
    const suspects = new Map(left.map((number) => [number, suspect(all[number] ?? right, number)]));
    left = [...(await unnoticed(suspects, tests, evaluationInterval))];
    if (left[0] !== RIGHT) throw new Error("A test turns red at the right rule, too.");
  }
  return left.filter((number) => number !== RIGHT).map((number) => mutants[number - 1]?.change ?? "");
}

/** What survives without being accepted, and what is accepted and survives no more. */
export interface Verdict {
  readonly unnoticed: readonly string[];
  readonly noticedAfterAll: readonly string[];
}

/** What a verdict is to be. */
export const ALL_WELL: Verdict = { unnoticed: [], noticedAfterAll: [] };

/** Holds survivors against those that are accepted. */
export function verdictOn(of: string, looked: readonly string[], survived: readonly string[]): Verdict {
  const accepted = ACCEPTED_SURVIVORS.filter((one) => one.of === of).map(({ change }) => change);
  return {
    unnoticed: survived.filter((change) => !accepted.includes(change)),
    noticedAfterAll: accepted.filter((change) => looked.includes(change) && !survived.includes(change)),
  };
}

/** Judges the mutants of a rule, or the sample of them whose turn it is, by each stage's tests until one of them turns red. */
export async function judge<T>(
  of: string,
  right: T,
  mutants: readonly Mutant<T>[],
  stages: readonly Stage<T>[],
): Promise<Verdict> {
  const looked = sampled(of, mutants);
  if (looked.length === 0) return ALL_WELL;
  const survived = await survivors(right, looked, stages);
  return verdictOn(
    of,
    looked.map(({ change }) => change),
    survived,
  );
}

/** Accepted survivors of these rules that are no mutants of theirs: the rule has changed since. */
export function unknownAccepted(of: string, mutants: readonly Mutant<unknown>[]): readonly string[] {
  const known = mutants.map(({ change }) => change);
  return ACCEPTED_SURVIVORS.filter((one) => one.of === of && !known.includes(one.change)).map(
    ({ change }) => change,
  );
}
