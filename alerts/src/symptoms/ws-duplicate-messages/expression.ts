import { DUPLICATES_SHOWN_TARGET } from "@sockscope/catalog";
import { duplicatesShown, missed } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** When WsDuplicateMessages fires. */
export const WS_DUPLICATE_MESSAGES_RULES: readonly AlertRule[] = [
  {
    name: "WsDuplicateMessages",
    summary: "A page showed a message twice.",
    severity: "ticket",
    // The counter exists from the start, at zero, so that the first one is seen; an hour, so that it says when.
    expression: missed(DUPLICATES_SHOWN_TARGET, duplicatesShown("1h")),
    keepFiringFor: "1h",
  },
];
