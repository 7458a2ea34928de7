import type { Catalog, Period } from "@sockscope/catalog";
import { and, compare, type Expression, subtract } from "@sockscope/promql";
import { ALERT_WINDOWS, errorBudget, messagesInTime, messagesTimed } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

function late(catalog: Catalog, range: Period, share: number, fewest: number): Expression<"app"> {
  return and(
    compare(subtract(1, messagesInTime(catalog, range)), ">", share),
    compare(messagesTimed(range), ">=", fewest),
  );
}

const SUMMARY = "Messages arrive late.";

/** When WsMessageLatencyHigh fires. */
export function wsMessageLatencyHighRules(catalog: Catalog): readonly AlertRule[] {
  const { lateSharePage, fewestMessagesPage, fewestMessagesTicket } = catalog.thresholds.WsMessageLatencyHigh;
  return [
    {
      name: "WsMessageLatencyHigh",
      summary: SUMMARY,
      severity: "page",
      expression: late(
        catalog,
        ALERT_WINDOWS.WsMessageLatencyHigh.messages,
        lateSharePage,
        fewestMessagesPage,
      ),
      holds: "5m",
      keepFiringFor: "10m",
    },
    {
      name: "WsMessageLatencyHigh",
      summary: SUMMARY,
      severity: "ticket",
      expression: late(
        catalog,
        catalog.targets.message_latency.per,
        errorBudget(catalog.targets.message_latency),
        fewestMessagesTicket,
      ),
      holds: "30m",
    },
  ];
}
