import type { FaultId } from "@sockscope/demo/faults";
import type { ShownFault } from "./fault-state.ts";

/** What the switchboard did not do, and why. */
export interface Refusal {
  /** Of the fault that was asked for. */
  readonly id: FaultId;
  readonly text: string;
  /** The parameter that cannot be; undefined where it is something else. */
  readonly parameter: string | undefined;
}

/** A refusal of a fault, in words of the page where it is a parameter's, else in the switchboard's. */
export function refusalOf(
  fault: ShownFault,
  asked: Readonly<Record<string, number>>,
  words: string,
): Refusal {
  for (const [parameter, { min, max }] of Object.entries(fault.parameters)) {
    const value = asked[parameter];
    if (value !== undefined && !(value >= min && value <= max))
      return { id: fault.id, text: `Give a number from ${min} to ${max}.`, parameter };
  }
  return { id: fault.id, text: `Refused: ${words}`, parameter: undefined };
}
