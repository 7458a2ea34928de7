import { and, compare, type Expression, unlessOn } from "@sockscope/promql";
import type { Query } from "./panel.ts";

/** The query of what is shown and not judged. */
export const TOO_FEW = "too_few";

/** A share that is judged, or only shown. */
interface Shown<L extends string> {
  readonly value: Expression<L>;
  /** Which of several counts: that of an app that fails must not drown in those that do not. Default: each by itself. */
  readonly worst?: (values: Expression<L>) => Expression<L>;
  readonly legend: string;
}

/** A share, and whether there was enough of what it is a share of. */
export interface Judged<L extends string> extends Shown<L> {
  /** Has a result where there was enough, such as the alert asks for: else one user with five tabs is all of them. */
  readonly enough: Expression<L>;
}

/** A share whose alert asks for a number of bad ones. */
export interface JudgedByBad<L extends string> extends Shown<L> {
  /** From this share on it is bad. */
  readonly badFrom: number;
  /** How many bad ones there were. */
  readonly bad: Expression<L>;
  /** With fewer bad ones than this, the alert does not fire. */
  readonly fewest: number;
}

function without<L extends string>(value: Expression<L>, those: Expression<L>): Expression<L> {
  return unlessOn<string, string, string>(value.labels, value, those) as Expression<L>;
}

function both<L extends string>(value: Expression<L>, those: Expression<L>): Expression<L> {
  return and<string, string>(value, those) as Expression<L>;
}

function queriesOf<L extends string>(
  { value, worst, legend }: Shown<L>,
  judgeable: Expression<L>,
  others: Expression<L>,
): Query[] {
  const [verdict, tooFew] =
    worst === undefined
      ? [judgeable, others]
      : [worst(judgeable), unlessOn([], worst(value), worst(judgeable))];
  return [
    { refId: "judged", expression: verdict, legend },
    { refId: TOO_FEW, expression: tooFew, legend },
  ];
}

/**
 * The worst of those of which there was enough; only where there is none of these, the worst of the others, without a verdict.
 * Where each counts by itself, those of which there was enough beside the others.
 */
export function judged<L extends string>(share: Judged<L>): Query[] {
  const { value, enough } = share;
  return queriesOf(share, both(value, enough), without(value, enough));
}

/** The same, where a small share is good however few were bad, and only a large one takes the fewest. */
export function judgedByBad<L extends string>(share: JudgedByBad<L>): Query[] {
  const { value, badFrom, bad, fewest } = share;
  const badByFew = both(compare(value, ">=", badFrom), compare(bad, "<", fewest));
  return queriesOf(share, without(value, badByFew), badByFew);
}
