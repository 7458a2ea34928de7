import type { Measurement } from "./measurement.ts";

/**
 * Measures one thing, and reports each figure as soon as it has it. Throws, after the report, when a figure is one that must
 * not be.
 */
export type Bench = (report: (measurement: Measurement) => void) => Promise<void>;

/** Where figures and faults go. */
export interface Output {
  /** Gets one figure, as a line of JSON. */
  print(line: string): void;
  complain(line: string): void;
}

/**
 * Runs benches one after the other, also when one has failed.
 *
 * @param ids which; all when there are none
 * @returns the exit code
 */
export async function runBenches(
  ids: readonly string[],
  benches: ReadonlyMap<string, Bench>,
  { print, complain }: Output,
): Promise<number> {
  const unknown = ids.filter((id) => !benches.has(id));
  if (unknown.length > 0) {
    complain(`There is no bench ${unknown.join(", ")}; there are ${[...benches.keys()].join(", ")}.`);
    return 1;
  }
  let exitCode = 0;
  for (const [id, bench] of benches) {
    if (ids.length > 0 && !ids.includes(id)) continue;
    try {
      await bench((measurement) => print(JSON.stringify(measurement)));
    } catch (fault) {
      complain(`${id}: ${fault instanceof Error ? fault.message : fault}`);
      exitCode = 1;
    }
  }
  return exitCode;
}
