/** A thing that is wrong on purpose, in one place, and what. */
export interface Mutant<T> {
  readonly change: string;
  readonly mutated: T;
}

/** By what a number is wrong. */
export const FACTORS = [0.8, 1.2] as const;

/** The same, told apart where the same change is made in several places. */
export function numbered<T>(mutants: readonly Mutant<T>[]): readonly Mutant<T>[] {
  const times = new Map<string, number>();
  return mutants.map(({ change, mutated }) => {
    const place = (times.get(change) ?? 0) + 1;
    times.set(change, place);
    return { change: place === 1 ? change : `${change}, in place ${place}`, mutated };
  });
}
