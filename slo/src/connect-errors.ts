import { CONNECT_ATTEMPTS, type Period } from "@sockscope/catalog";
import { type Expression, increase, rate, ratio, sumBy } from "@sockscope/promql";
import { DECIDED_FIRST_ATTEMPTS, UNSUCCESSFUL_FIRST_ATTEMPTS } from "./what-counts.ts";

/** The share of decided first attempts that left a user without a connection. */
export function connectErrorRatio(range: Period): Expression<"app"> {
  return ratio(
    sumBy(["app"], rate(CONNECT_ATTEMPTS, UNSUCCESSFUL_FIRST_ATTEMPTS, range)),
    sumBy(["app"], rate(CONNECT_ATTEMPTS, DECIDED_FIRST_ATTEMPTS, range)),
  );
}

/** How many first attempts left a user without a connection. */
export function connectErrors(range: Period): Expression<"app"> {
  return sumBy(["app"], increase(CONNECT_ATTEMPTS, UNSUCCESSFUL_FIRST_ATTEMPTS, range));
}
