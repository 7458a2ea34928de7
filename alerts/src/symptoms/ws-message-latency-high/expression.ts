import { MESSAGE_LATENCY_TARGET, type Period } from "@sockscope/catalog";
import { and, compare, type Expression, subtract } from "@sockscope/promql";
import { errorBudget, messagesInTime, messagesTimed } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** A quarter of the messages late is more than a slow minute. */
export const LATE_SHARE_PAGE = 0.25;
/** With fewer messages than this, a share says little. */
export const FEWEST_MESSAGES_PAGE = 200;
/** The same over the target's period. */
export const FEWEST_MESSAGES_TICKET = 500;

function late(range: Period, share: number, fewest: number): Expression<"app"> {
  return and(
    compare(subtract(1, messagesInTime(range)), ">", share),
    compare(messagesTimed(range), ">=", fewest),
  );
}

const SUMMARY = "Messages arrive late.";

/** When WsMessageLatencyHigh fires. */
export const WS_MESSAGE_LATENCY_HIGH_RULES: readonly AlertRule[] = [
  {
    name: "WsMessageLatencyHigh",
    summary: SUMMARY,
    severity: "page",
    expression: late("10m", LATE_SHARE_PAGE, FEWEST_MESSAGES_PAGE),
    holds: "5m",
    keepFiringFor: "10m",
  },
  {
    name: "WsMessageLatencyHigh",
    summary: SUMMARY,
    severity: "ticket",
    expression: late(MESSAGE_LATENCY_TARGET.per, errorBudget(MESSAGE_LATENCY_TARGET), FEWEST_MESSAGES_TICKET),
    holds: "30m",
  },
];
