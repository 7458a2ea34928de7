import { type Catalog, CONNECTION_SURVIVAL_TARGET } from "@sockscope/catalog";
import { and, compare } from "@sockscope/promql";
import { connectionSurvivalSli, missed, serverCuts } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** Fewer cuts than this are no rate. */
export const FEWEST_CUTS = 50;

/** When WsConnectionUptimeLow fires. */
export function wsConnectionUptimeLowRules(catalog: Catalog): readonly AlertRule[] {
  return [
    {
      name: "WsConnectionUptimeLow",
      summary: "Connections are cut more often than they may.",
      severity: "ticket",
      // As the server sees it: it also knows the connections of pages without the SDK.
      expression: and(
        missed(CONNECTION_SURVIVAL_TARGET, connectionSurvivalSli(catalog).value),
        compare(serverCuts(catalog, CONNECTION_SURVIVAL_TARGET.per), ">=", FEWEST_CUTS),
      ),
      holds: "30m",
    },
  ];
}
