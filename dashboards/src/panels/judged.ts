import { and, compare, type Expression, unlessOn } from "@sockscope/promql";
import type { Query } from "./panel.ts";

/** The query of what is shown and not judged. */
export const TOO_FEW = "too_few";

/** What a share's alert asks for besides the share. */
export interface FewestBad<L extends string> {
  readonly share: Expression<L>;
  /** From this share on it is bad. */
  readonly badFrom: number;
  /** How many there were of what the share is of the bad ones. */
  readonly bad: Expression<L>;
  /** With fewer bad ones than this, the alert does not fire. */
  readonly fewest: number;
}

/** Of a share whose alert counts the bad ones: where it is small, it is good however few there were; else it takes the fewest. */
export function enoughBad<L extends string>({ share, badFrom, bad, fewest }: FewestBad<L>): Expression<L> {
  const byFew = and<string, string>(compare(share, ">=", badFrom), compare(bad, "<", fewest));
  return unlessOn<string, string, string>(share.labels, share, byFew) as Expression<L>;
}

/** A share, and whether there was enough of what it is a share of. */
export interface Judged<L extends string> {
  readonly value: Expression<L>;
  /** Has a result where there was enough, such as the alert asks for: else one user with five tabs is all of them. */
  readonly enough: Expression<L>;
  /** Which of several counts: that of an app that fails must not drown in those that do not. Default: each by itself. */
  readonly worst?: (values: Expression<L>) => Expression<L>;
  readonly legend: string;
}

/**
 * The worst of those of which there was enough; only where there is none of these, the worst of the others, without a verdict.
 * Where each counts by itself, those of which there was enough beside the others.
 */
export function judged<L extends string>({ value, enough, worst, legend }: Judged<L>): Query[] {
  const judgeable = and(value as Expression<string>, enough as Expression<string>) as Expression<L>;
  const [verdict, tooFew] =
    worst === undefined
      ? [judgeable, unlessOn<string, string, string>(value.labels, value, enough)]
      : [worst(judgeable), unlessOn([], worst(value), worst(judgeable))];
  return [
    { refId: "judged", expression: verdict, legend },
    { refId: TOO_FEW, expression: tooFew, legend },
  ];
}
