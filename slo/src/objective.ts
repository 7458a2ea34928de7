import type { Share, ShareAtBound, Target } from "@sockscope/catalog";
import { compare, divide, type Expression, subtract } from "@sockscope/promql";

/**
 * Where a count stands between what is allowed and one more: `increase()` of one event is 1.0003 when scrapes and
 * evaluations are out of phase, so the line is drawn half-way.
 */
export const HALF_AN_EVENT = 0.5;

/** A line that values are held to, and on which side of it trouble begins. */
export interface Line {
  readonly at: number;
  readonly badSide: "above" | "below";
}

/** The line that a target is held to; of whole events it lies half-way to the first that is too many. */
export function lineOf({ objective }: Target): Line {
  if (objective.kind === "count") return { at: objective.count + HALF_AN_EVENT, badSide: "above" };
  return { at: objective.share, badSide: objective.comparison === "at least" ? "below" : "above" };
}

function compared<L extends string>(
  target: Target,
  value: Expression<L>,
  verdict: "met" | "missed",
): Expression<L> {
  const { objective } = target;
  const isCount = objective.kind === "count";
  // Zero events are exactly zero, however scrapes fall.
  if (isCount && objective.count === 0) return compare(value, verdict === "met" ? "==" : ">", 0);
  const { at, badSide } = lineOf(target);
  if (verdict === "missed") return compare(value, badSide === "above" ? ">" : "<", at);
  // A share that is on the line keeps the promise; no count is.
  if (isCount) return compare(value, "<", at);
  return compare(value, badSide === "above" ? "<=" : ">=", at);
}

/** The value of a target's SLI where it meets the target; nothing where it misses it. */
export function met<L extends string>(target: Target, value: Expression<L>): Expression<L> {
  return compared(target, value, "met");
}

/** The value of a target's SLI where it misses the target; nothing where it meets it. */
export function missed<L extends string>(target: Target, value: Expression<L>): Expression<L> {
  return compared(target, value, "missed");
}

/** The share that may fail: what a target of "at least" leaves to one, what a target of "at most" allows. */
export function errorBudget({ objective }: Target<Share | ShareAtBound>): number {
  return objective.comparison === "at least" ? 1 - objective.share : objective.share;
}

/**
 * How much of what is allowed is left: 1 where nothing went wrong, 0 at the line, below 0 beyond it. Of whole events it is positive
 * just where the target is met, since the line lies half an event above what is allowed.
 */
export function roomLeft<L extends string>(target: Target, value: Expression<L>): Expression<L> {
  const { objective } = target;
  if (objective.kind === "count") return subtract(1, divide(value, lineOf(target).at));
  return objective.comparison === "at least"
    ? divide(subtract(value, objective.share), 1 - objective.share)
    : subtract(1, divide(value, objective.share));
}
