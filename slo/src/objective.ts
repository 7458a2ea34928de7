import type { Share, ShareAtBound, Target } from "@sockscope/catalog";
import { type Comparison, compare, divide, type Expression, subtract } from "@sockscope/promql";

/**
 * Where a count stands between what is allowed and one more: `increase()` of one event is 1.0003 when scrapes and
 * evaluations are out of phase, so the line is drawn half-way.
 */
const HALF_AN_EVENT = 0.5;

interface Line {
  readonly met: Comparison;
  readonly missed: Comparison;
  readonly at: number;
}

function lineOf({ objective }: Target): Line {
  if (objective.kind === "count") {
    // Zero events are exactly zero, however scrapes fall.
    return objective.count === 0
      ? { met: "==", missed: ">", at: 0 }
      : { met: "<", missed: ">", at: objective.count + HALF_AN_EVENT };
  }
  const { comparison, share } = objective;
  return comparison === "at least"
    ? { met: ">=", missed: "<", at: share }
    : { met: "<=", missed: ">", at: share };
}

/** The value of a target's SLI where it meets the target; nothing where it misses it. */
export function met<L extends string>(target: Target, value: Expression<L>): Expression<L> {
  const line = lineOf(target);
  return compare(value, line.met, line.at);
}

/** The value of a target's SLI where it misses the target; nothing where it meets it. */
export function missed<L extends string>(target: Target, value: Expression<L>): Expression<L> {
  const line = lineOf(target);
  return compare(value, line.missed, line.at);
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
  if (objective.kind === "count") return subtract(1, divide(value, objective.count + HALF_AN_EVENT));
  return objective.comparison === "at least"
    ? divide(subtract(value, objective.share), 1 - objective.share)
    : subtract(1, divide(value, objective.share));
}
