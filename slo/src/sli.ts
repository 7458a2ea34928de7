import type { Target } from "@sockscope/catalog";
import type { Expression } from "@sockscope/promql";
import { met } from "./objective.ts";

/** How a target is measured. */
export interface Sli<L extends string = string> {
  readonly target: Target;
  /** The share, as a fraction of one, or the count over the target's period. */
  readonly value: Expression<L>;
  /** The value where the target is met; no result where it is missed or nothing happened. */
  readonly met: Expression<L>;
}

/** A target with the value that it is held to. */
export function sli<L extends string>(target: Target, value: Expression<L>): Sli<L> {
  return { target, value, met: met(target, value) };
}
