import { type Catalog, RECONNECTION_STORMS_TARGET } from "@sockscope/catalog";
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

/** Fewer cuts than this within the rule's range are nothing to wake up for. */
export const FEWEST_CUTS_PAGE = 50;
/** Fewer cuts than this within the target's period are a few users. */
export const FEWEST_CUTS_TICKET = 20;

const { objective, per } = RECONNECTION_STORMS_TARGET;
const cuts = multiply(recorded(RETRYABLE_CLOSES_RATE_5M), rangeSeconds(RETRYABLE_CLOSES_RATE_5M.range));

const SUMMARY = "Connections are cut, and browsers come back all at once.";

/** When WsReconnectStorm fires. */
export function wsReconnectStormRules(catalog: Catalog): readonly AlertRule[] {
  return [
    {
      name: "WsReconnectStorm",
      summary: SUMMARY,
      severity: "page",
      // An hour's allowance within the rule's few minutes.
      expression: and(
        compare(divide(cuts, recorded(SESSIONS_ACTIVE_SUM)), ">", objective.share),
        compare(cuts, ">=", FEWEST_CUTS_PAGE),
      ),
      holds: "2m",
      keepFiringFor: "10m",
    },
    {
      name: "WsReconnectStorm",
      summary: SUMMARY,
      severity: "ticket",
      expression: and(
        missed(RECONNECTION_STORMS_TARGET, reconnectionStormsSli(catalog).value),
        compare(retryableCloses(catalog, per), ">=", FEWEST_CUTS_TICKET),
      ),
      holds: "15m",
      keepFiringFor: "30m",
    },
  ];
}
