import { boundText, type Catalog } from "@sockscope/catalog";
import { and, compare, rangeInWords } from "@sockscope/promql";
import { connectionSurvivalSli, missed, serverCuts } from "@sockscope/slo";
import { type AlertRule, JOB, SHARE } from "../alert.ts";
import { percentage } from "../human-numbers.ts";
import { panelOf } from "../panel-of.ts";

/** When WsConnectionUptimeLow fires, and what it says. */
export function wsConnectionUptimeLowRules(catalog: Catalog): readonly AlertRule[] {
  const { fewestCuts } = catalog.thresholds.WsConnectionUptimeLow;
  const { connection_survival, connection_uptime_p95 } = catalog.targets;
  const { per } = connection_survival;
  return [
    {
      severity: "ticket",
      // As the server sees it: it also knows the connections of pages without the SDK.
      expression: and(
        missed(connection_survival, connectionSurvivalSli(catalog).value),
        compare(serverCuts(catalog, per), ">=", fewestCuts),
      ),
      holds: "30m",
      description: `As connections to ${JOB} were cut within the last ${rangeInWords(per)}, ${SHARE} of them would last for ${boundText(connection_uptime_p95.objective)}; ${percentage(connection_survival.objective.share)} are promised.`,
      panel: panelOf(catalog, "Connections that something cut, by server"),
    },
  ];
}
