import type { Catalog } from "@sockscope/catalog";
import { ALERT_WINDOWS, duplicatesShown, missed } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** When WsDuplicateMessages fires. */
export function wsDuplicateMessagesRules(catalog: Catalog): readonly AlertRule[] {
  return [
    {
      name: "WsDuplicateMessages",
      summary: "A page showed a message twice.",
      severity: "ticket",
      // The counter exists from the start, at zero, so that the first one is seen; an hour, so that it says when.
      expression: missed(
        catalog.targets.duplicates_shown,
        duplicatesShown(ALERT_WINDOWS.WsDuplicateMessages.shown),
      ),
      keepFiringFor: "1h",
    },
  ];
}
