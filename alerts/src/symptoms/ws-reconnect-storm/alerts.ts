import type { Catalog } from "@sockscope/catalog";
import { and, compare, divide, multiply, rangeInWords, rangeSeconds } from "@sockscope/promql";
import {
  missed,
  RETRYABLE_CLOSES_RATE_5M,
  reconnectionStormsSli,
  recorded,
  retryableCloses,
  SESSIONS_ACTIVE_SUM,
} from "@sockscope/slo";
import { type AlertRule, APP, SHARE } from "../alert.ts";
import { percentage } from "../human-numbers.ts";
import { panelOf } from "../panel-of.ts";

const cuts = multiply(recorded(RETRYABLE_CLOSES_RATE_5M), rangeSeconds(RETRYABLE_CLOSES_RATE_5M.range));

/** When WsReconnectStorm fires, and what it says. */
export function wsReconnectStormRules(catalog: Catalog): readonly AlertRule[] {
  const { fewestCutsPage, fewestCutsTicket } = catalog.thresholds.WsReconnectStorm;
  const { objective, per } = catalog.targets.reconnection_storms;
  return [
    {
      severity: "page",
      // An hour's allowance within the rule's few minutes.
      expression: and(
        compare(divide(cuts, recorded(SESSIONS_ACTIVE_SUM)), ">", objective.share),
        compare(cuts, ">=", fewestCutsPage),
      ),
      holds: "2m",
      keepFiringFor: "10m",
      description: `Within the last ${rangeInWords(RETRYABLE_CLOSES_RATE_5M.range)}, there were ${SHARE} as many cuts of connections of ${APP} as pages, and every browser comes back.`,
      panel: panelOf(catalog, "Cuts a session, over five minutes"),
    },
    {
      severity: "ticket",
      expression: and(
        missed(catalog.targets.reconnection_storms, reconnectionStormsSli(catalog).value),
        compare(retryableCloses(catalog, per), ">=", fewestCutsTicket),
      ),
      holds: "15m",
      keepFiringFor: "30m",
      description: `Within the last ${rangeInWords(per)}, there were ${SHARE} as many cuts of connections of ${APP} as pages; ${percentage(objective.share)} are allowed.`,
      panel: panelOf(catalog, "Cuts a session, over an hour"),
    },
  ];
}
