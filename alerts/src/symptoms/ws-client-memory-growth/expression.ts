import { CLIENT_MEMORY_TARGET, type Period } from "@sockscope/catalog";
import { and, compare, subtract } from "@sockscope/promql";
import { errorBudget, heapsInBounds, heapsMeasured } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** A day of sessions; the target looks at a week. */
const RANGE: Period = "1d";
/** With fewer sessions of that age than this, a share says little. */
export const FEWEST_SESSIONS = 50;

/** When WsClientMemoryGrowth fires. */
export const WS_CLIENT_MEMORY_GROWTH_RULES: readonly AlertRule[] = [
  {
    name: "WsClientMemoryGrowth",
    summary: "Pages that stay open all day fill their memory.",
    severity: "ticket",
    expression: and(
      compare(subtract(1, heapsInBounds(RANGE)), ">", errorBudget(CLIENT_MEMORY_TARGET)),
      compare(heapsMeasured(RANGE), ">=", FEWEST_SESSIONS),
    ),
    holds: "1h",
  },
];
