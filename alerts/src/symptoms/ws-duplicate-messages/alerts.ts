import type { Catalog } from "@sockscope/catalog";
import { rangeInWords } from "@sockscope/promql";
import { ALERT_WINDOWS, duplicatesShown, missed } from "@sockscope/slo";
import { type AlertRule, AMOUNT, APP } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

/** In which they are counted. */
const { shown: RANGE } = ALERT_WINDOWS.WsDuplicateMessages;

/** When WsDuplicateMessages fires, and what it says. */
export function wsDuplicateMessagesRules(catalog: Catalog): readonly AlertRule[] {
  return [
    {
      severity: "ticket",
      // The counter exists from the start, at zero, so that the first one is seen.
      expression: missed(catalog.targets.duplicates_shown, duplicatesShown(RANGE)),
      keepFiringFor: "1h",
      description: `Within the last ${rangeInWords(RANGE)}, pages of ${APP} showed a message twice: ${AMOUNT} of them.`,
      panel: panelOf(catalog, "Duplicates that users saw, over an hour"),
    },
  ];
}
