import { and, compare, divide, type Expression } from "@sockscope/promql";

/** With fewer than so many, a share says little: one of three is a third. */
export const FEWEST_FOR_A_SHARE = 5;

/** What it means that a share of so few has no series. */
export const TOO_FEW: string = `Fewer than ${FEWEST_FOR_A_SHARE} of them are no share to go by.`;

/** A share of events, where there are enough of them for one. */
export function shareOf<L extends string>(
  part: Expression<L>,
  whole: Expression<NoInfer<L>>,
  fewest: number = FEWEST_FOR_A_SHARE,
): Expression<L> {
  const of = whole as Expression<L>;
  return and(
    divide(part as Expression, of as Expression),
    compare(of as Expression, ">=", fewest),
  ) as Expression<L>;
}
