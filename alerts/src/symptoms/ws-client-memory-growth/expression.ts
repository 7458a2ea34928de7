import type { Catalog, Period } from "@sockscope/catalog";
import { and, compare, subtract } from "@sockscope/promql";
import { errorBudget, heapsInBounds, heapsMeasured } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** A day of sessions; the target looks at a week. */
const RANGE: Period = "1d";

/** When WsClientMemoryGrowth fires. */
export function wsClientMemoryGrowthRules(catalog: Catalog): readonly AlertRule[] {
  const { fewestSessions } = catalog.thresholds.WsClientMemoryGrowth;
  return [
    {
      name: "WsClientMemoryGrowth",
      summary: "Pages that stay open all day fill their memory.",
      severity: "ticket",
      expression: and(
        compare(subtract(1, heapsInBounds(catalog, RANGE)), ">", errorBudget(catalog.targets.client_memory)),
        compare(heapsMeasured(RANGE), ">=", fewestSessions),
      ),
      holds: "1h",
    },
  ];
}
