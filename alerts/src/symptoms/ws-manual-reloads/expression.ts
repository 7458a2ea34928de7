import type { Catalog } from "@sockscope/catalog";
import { manualRefreshesSli, missed } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** When WsManualReloads fires. */
export function wsManualReloadsRules(catalog: Catalog): readonly AlertRule[] {
  return [
    {
      name: "WsManualReloads",
      summary: "Users press reload because their chat does not come back.",
      severity: "ticket",
      expression: missed(catalog.targets.manual_refreshes, manualRefreshesSli(catalog).value),
    },
  ];
}
