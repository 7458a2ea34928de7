import type { Catalog } from "@sockscope/catalog";
import { rangeInWords } from "@sockscope/promql";
import { manualRefreshesSli, missed, recordedValue } from "@sockscope/slo";
import { type AlertRule, AMOUNT, APP } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

/** When WsManualReloads fires, and what it says. */
export function wsManualReloadsRules(catalog: Catalog): readonly AlertRule[] {
  const { manual_refreshes } = catalog.targets;
  return [
    {
      severity: "ticket",
      expression: missed(manual_refreshes, recordedValue(manualRefreshesSli(catalog))),
      description: `Within the last ${rangeInWords(manual_refreshes.per)}, users of ${APP} reloaded a page whose socket was not healthy: ${AMOUNT} times; ${manual_refreshes.objective.count} may be.`,
      panel: panelOf(catalog, "Reloads over an unhealthy socket, over a day"),
    },
  ];
}
