import { boundText, type Catalog } from "@sockscope/catalog";
import { and, compare, type Expression, rangeInWords, subtract } from "@sockscope/promql";
import {
  ALERT_WINDOWS,
  connectedTime,
  connectedTimeSli,
  connectionSurvivalSli,
  errorBudget,
  hoursWithout,
  missed,
  recordedValue,
  serverCuts,
} from "@sockscope/slo";
import { type AlertRule, APP, JOB, SHARE } from "../alert.ts";
import { percentage } from "../human-numbers.ts";
import { panelOf } from "../panel-of.ts";

const { lately: LATELY } = ALERT_WINDOWS.WsConnectionUptimeLow;

function timeRule(catalog: Catalog): AlertRule {
  const { fewestHours } = catalog.thresholds.WsConnectionUptimeLow;
  const { per } = catalog.targets.connected_time;
  const budget = errorBudget(catalog.targets.connected_time);
  const isBeyond = (connected: Expression<"app">) => compare(subtract(1, connected), ">", budget);
  return {
    severity: "ticket",
    labels: { evidence: "time" },
    // The target's own number, as long as it goes on: an outage of a few minutes misses the day's target for a day.
    expression: and(
      and(isBeyond(recordedValue(connectedTimeSli(catalog))), isBeyond(connectedTime(LATELY))),
      compare(hoursWithout(LATELY), ">=", fewestHours),
    ),
    holds: "30m",
    description: `Within the last ${rangeInWords(per)}, pages of ${APP} had no connection for ${SHARE} of the time in which they wanted one, and it goes on; ${percentage(budget)} may be.`,
    panel: panelOf(catalog, "Time without a connection, against the target"),
  };
}

function cutsRule(catalog: Catalog): AlertRule {
  const { fewestCuts } = catalog.thresholds.WsConnectionUptimeLow;
  const { connection_survival, connection_uptime_p95 } = catalog.targets;
  const { per } = connection_survival;
  return {
    severity: "ticket",
    labels: { evidence: "cuts" },
    // As the server sees it, who also knows the connections of pages that do not report: without the SDK, blocked, in other clients.
    expression: and(
      missed(connection_survival, connectionSurvivalSli(catalog).value),
      compare(serverCuts(catalog, per), ">=", fewestCuts),
    ),
    holds: "30m",
    description: `As connections to ${JOB} were cut within the last ${rangeInWords(per)}, ${SHARE} of them would last for ${boundText(connection_uptime_p95.objective)}; ${percentage(connection_survival.objective.share)} are promised.`,
    panel: panelOf(catalog, "Connections that nothing would cut, by job"),
  };
}

/** When WsConnectionUptimeLow fires, and what it says. */
export function wsConnectionUptimeLowRules(catalog: Catalog): readonly AlertRule[] {
  return [timeRule(catalog), cutsRule(catalog)];
}
