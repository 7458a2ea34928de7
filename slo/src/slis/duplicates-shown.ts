import { type Catalog, DUPLICATES_RENDERED, type Period } from "@sockscope/catalog";
import { type Expression, increase, sumBy } from "@sockscope/promql";
import { type Sli, sli } from "../sli.ts";

/** Messages that a page showed twice. */
export function duplicatesShown(range: Period): Expression<"app"> {
  return sumBy(["app"], increase(DUPLICATES_RENDERED, {}, range));
}

/** The same over the target's period. */
export function duplicatesShownSli({ targets: { duplicates_shown } }: Catalog): Sli<"app"> {
  return sli(duplicates_shown, duplicatesShown(duplicates_shown.per), {
    record: "app:ws_client_duplicates_rendered:increase1d",
    meaning: "Messages of the day that a page showed twice.",
  });
}
