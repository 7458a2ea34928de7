import { boundText, type Catalog } from "@sockscope/catalog";
import { and, compare, rangeInWords, subtract } from "@sockscope/promql";
import { ALERT_WINDOWS, errorBudget, heapsInBounds, heapsMeasured } from "@sockscope/slo";
import { type AlertRule, APP, SHARE } from "../alert.ts";
import { percentage } from "../human-numbers.ts";
import { panelOf } from "../panel-of.ts";

const { sessions: RANGE } = ALERT_WINDOWS.WsClientMemoryGrowth;

/** When WsClientMemoryGrowth fires, and what it says. */
export function wsClientMemoryGrowthRules(catalog: Catalog): readonly AlertRule[] {
  const { fewestSessions } = catalog.thresholds.WsClientMemoryGrowth;
  const { objective } = catalog.targets.client_memory;
  const budget = errorBudget(catalog.targets.client_memory);
  return [
    {
      severity: "ticket",
      expression: and(
        compare(subtract(1, heapsInBounds(catalog, RANGE)), ">", budget),
        compare(heapsMeasured(RANGE), ">=", fewestSessions),
      ),
      holds: "1h",
      description: `Within the last ${rangeInWords(RANGE)}, ${SHARE} of the pages of ${APP} that were open for 8 hours grew by more than ${boundText(objective)}; ${percentage(budget)} may.`,
      panel: panelOf(catalog, "Pages that grew, of those that were open for long"),
    },
  ];
}
