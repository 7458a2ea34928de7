import { and, type Expression, unlessOn } from "@sockscope/promql";
import type { Query } from "./panel.ts";

/** The query of what is shown and not judged. */
export const TOO_FEW = "too_few";

/** A share, and whether there was enough of what it is a share of. */
export interface Judged<L extends string> {
  readonly value: Expression<L>;
  /** Has a result where there was enough, such as the alert asks for: else one user with five tabs is all of them. */
  readonly enough: Expression<L>;
  /** Which of several counts: that of an app that fails must not drown in those that do not. */
  readonly worst: (values: Expression<L>) => Expression<L>;
  readonly legend: string;
}

/** The worst of those of which there was enough; only where there is none of these, the worst of the others, without a verdict. */
export function judged<L extends string>({ value, enough, worst, legend }: Judged<L>): Query[] {
  const judgeable = worst(and(value as Expression<string>, enough as Expression<string>) as Expression<L>);
  return [
    { refId: "judged", expression: judgeable, legend },
    { refId: TOO_FEW, expression: unlessOn([], worst(value), judgeable), legend },
  ];
}
