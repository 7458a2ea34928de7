import type { Catalog } from "@sockscope/catalog";
import { and, compare, divide, multiply, rangeSeconds } from "@sockscope/promql";
import {
  missed,
  RETRYABLE_CLOSES_RATE_5M,
  reconnectionStormsSli,
  recorded,
  retryableCloses,
  SESSIONS_ACTIVE_SUM,
} from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

const cuts = multiply(recorded(RETRYABLE_CLOSES_RATE_5M), rangeSeconds(RETRYABLE_CLOSES_RATE_5M.range));

const SUMMARY = "Connections are cut, and browsers come back all at once.";

/** When WsReconnectStorm fires. */
export function wsReconnectStormRules(catalog: Catalog): readonly AlertRule[] {
  const { fewestCutsPage, fewestCutsTicket } = catalog.thresholds.WsReconnectStorm;
  const { objective, per } = catalog.targets.reconnection_storms;
  return [
    {
      name: "WsReconnectStorm",
      summary: SUMMARY,
      severity: "page",
      // An hour's allowance within the rule's few minutes.
      expression: and(
        compare(divide(cuts, recorded(SESSIONS_ACTIVE_SUM)), ">", objective.share),
        compare(cuts, ">=", fewestCutsPage),
      ),
      holds: "2m",
      keepFiringFor: "10m",
    },
    {
      name: "WsReconnectStorm",
      summary: SUMMARY,
      severity: "ticket",
      expression: and(
        missed(catalog.targets.reconnection_storms, reconnectionStormsSli(catalog).value),
        compare(retryableCloses(catalog, per), ">=", fewestCutsTicket),
      ),
      holds: "15m",
      keepFiringFor: "30m",
    },
  ];
}
