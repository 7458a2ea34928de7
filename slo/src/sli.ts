import type { Target } from "@sockscope/catalog";
import type { Expression } from "@sockscope/promql";
import { met } from "./objective.ts";
import { type RecordingRule, recorded } from "./recording-rule.ts";

/** How a target is measured. */
export interface Sli<L extends string = string> {
  readonly target: Target;
  /** The share, as a fraction of one, or the count over the target's period. */
  readonly value: Expression<L>;
  /** The value where the target is met; no result where it is missed or nothing happened. */
  readonly met: Expression<L>;
  /** Records the value, where it looks back so far that nobody should have to wait for it: a day and more. */
  readonly rule?: RecordingRule<L>;
}

/** The value as it is recorded; where it is not, itself. */
export function recordedValue<L extends string>({ value, rule }: Sli<L>): Expression<L> {
  return rule === undefined ? value : recorded(rule);
}

/** A target with the value that it is held to, and what that is recorded as, if it is. */
export function sli<L extends string>(
  target: Target,
  value: Expression<L>,
  rule?: Pick<RecordingRule<L>, "record" | "meaning">,
): Sli<L> {
  const recorded = rule === undefined ? {} : { rule: { ...rule, expression: value, range: target.per } };
  return { target, value, met: met(target, value), ...recorded };
}
