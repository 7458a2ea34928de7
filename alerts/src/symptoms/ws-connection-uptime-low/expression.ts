import type { Catalog } from "@sockscope/catalog";
import { and, compare } from "@sockscope/promql";
import { connectionSurvivalSli, missed, serverCuts } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** When WsConnectionUptimeLow fires. */
export function wsConnectionUptimeLowRules(catalog: Catalog): readonly AlertRule[] {
  const { fewestCuts } = catalog.thresholds.WsConnectionUptimeLow;
  return [
    {
      name: "WsConnectionUptimeLow",
      summary: "Connections are cut more often than they may.",
      severity: "ticket",
      // As the server sees it: it also knows the connections of pages without the SDK.
      expression: and(
        missed(catalog.targets.connection_survival, connectionSurvivalSli(catalog).value),
        compare(serverCuts(catalog, catalog.targets.connection_survival.per), ">=", fewestCuts),
      ),
      holds: "30m",
    },
  ];
}
