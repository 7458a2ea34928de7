import type { FaultId, FaultState } from "@sockscope/demo/faults";
import { cutsRequests } from "./fault-groups.ts";
import type { Refusal } from "./refusals.ts";

/** A fault as the page knows it. */
export interface ShownFault extends FaultState {
  /** In ms since the epoch, by the page's clock; 0 when it is not on. */
  readonly endsAtMs: number;
}

/** What the page knows of the switchboard. */
export interface FaultBoardState {
  /** Empty until the switchboard has answered once. */
  readonly faults: readonly ShownFault[];
  /** Whether the latest request was answered. */
  readonly isReachable: boolean;
  /** What the switchboard refused last; undefined when it did what was asked. */
  readonly refusal: Refusal | undefined;
}

/** Before the switchboard has said anything. */
export const UNKNOWN_BOARD: FaultBoardState = { faults: [], isReachable: true, refusal: undefined };

/** A fault as the switchboard tells it, by the page's clock: it goes on counting when nobody answers any more. */
export function shownFault(fault: FaultState, now: number): ShownFault {
  return { ...fault, endsAtMs: fault.isOn ? now + fault.remainingSeconds * 1000 : 0 };
}

/** Whether a fault is on, as far as the page knows. Each ends by itself, so its end needs no answer. */
export function isOn({ endsAtMs }: ShownFault, now: number): boolean {
  return endsAtMs > now;
}

/** The state when a fault is another. */
export function withFault(state: FaultBoardState, fault: ShownFault): FaultBoardState {
  return { ...state, faults: state.faults.map((other) => (other.id === fault.id ? fault : other)) };
}

/** The state when a fault was asked for: on at once, since the answer of one that cuts the network never comes. */
export function withAskedFault(
  state: FaultBoardState,
  id: FaultId,
  values: Readonly<Record<string, number>>,
  now: number,
): FaultBoardState {
  const fault = state.faults.find((other) => other.id === id);
  if (fault === undefined) return state;
  const endsAtMs = Math.max(fault.endsAtMs, now + fault.defaultSeconds * 1000);
  return withFault({ ...state, refusal: undefined }, { ...fault, values, endsAtMs });
}

/** What the switchboard says anew of every fault; a refusal is over when its fault is on after all. */
export function withFaults(state: FaultBoardState, faults: readonly ShownFault[]): FaultBoardState {
  const isOver = faults.some((fault) => fault.id === state.refusal?.id && fault.isOn);
  return { faults, isReachable: true, refusal: isOver ? undefined : state.refusal };
}

/** Why nothing can be switched at the moment, or what was refused. */
export interface FaultProblem {
  /** Without what changes every second: it is read out. */
  readonly text: string;
  /** Whether a fault that is on explains it. */
  readonly isExpected: boolean;
}

/** What is wrong with a parameter stands at its field. */
function refusalProblem(refusal: Refusal | undefined): FaultProblem | undefined {
  if (refusal === undefined || refusal.parameter !== undefined) return undefined;
  return { text: refusal.text, isExpected: false };
}

/** What the user is told when the switchboard does not do what it should; undefined when it does. */
export function problemOf(state: FaultBoardState, now: number): FaultProblem | undefined {
  if (state.isReachable) return refusalProblem(state.refusal);
  const cut = state.faults.find((fault) => cutsRequests(fault.id) && isOn(fault, now));
  if (cut === undefined)
    return { text: "The switchboard does not answer. The page goes on asking.", isExpected: false };
  return {
    text: `“${cut.title}” is on, and the switchboard is behind that network, too: nothing can be switched until it has ended.`,
    isExpected: true,
  };
}
