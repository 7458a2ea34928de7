import { DUPLICATES_RENDERED, DUPLICATES_SHOWN_TARGET, type Period } from "@sockscope/catalog";
import { type Expression, increase, sumBy } from "@sockscope/promql";
import { type Sli, sli } from "../sli.ts";

/** Messages that a page showed twice. */
export function duplicatesShown(range: Period): Expression<"app"> {
  return sumBy(["app"], increase(DUPLICATES_RENDERED, {}, range));
}

/** The same over the target's period. */
export const DUPLICATES_SHOWN_SLI: Sli<"app"> = sli(
  DUPLICATES_SHOWN_TARGET,
  duplicatesShown(DUPLICATES_SHOWN_TARGET.per),
);
