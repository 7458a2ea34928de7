import { boundText, type Catalog, type Period } from "@sockscope/catalog";
import { and, compare, type Expression, rangeInWords, subtract } from "@sockscope/promql";
import { ALERT_WINDOWS, errorBudget, messagesInTime, messagesTimed } from "@sockscope/slo";
import { type AlertRule, APP, SHARE } from "../alert.ts";
import { percentage } from "../human-numbers.ts";
import { panelOf } from "../panel-of.ts";

/** So long messages are late before somebody is woken up. */
const { messages: PAGE_RANGE } = ALERT_WINDOWS.WsMessageLatencyHigh;

function late(catalog: Catalog, range: Period, share: number, fewest: number): Expression<"app"> {
  return and(
    compare(subtract(1, messagesInTime(catalog, range)), ">", share),
    compare(messagesTimed(range), ">=", fewest),
  );
}

/** When WsMessageLatencyHigh fires, and what it says. */
export function wsMessageLatencyHighRules(catalog: Catalog): readonly AlertRule[] {
  const { lateSharePage, fewestMessagesPage, fewestMessagesTicket } = catalog.thresholds.WsMessageLatencyHigh;
  const { objective, per } = catalog.targets.message_latency;
  const budget = errorBudget(catalog.targets.message_latency);
  return [
    {
      severity: "page",
      expression: late(catalog, PAGE_RANGE, lateSharePage, fewestMessagesPage),
      holds: "5m",
      keepFiringFor: "10m",
      description: `Within the last ${rangeInWords(PAGE_RANGE)}, ${SHARE} of the messages to ${APP} took longer than ${boundText(objective)}.`,
      panel: panelOf(catalog, "Messages in time, against the alert"),
    },
    {
      severity: "ticket",
      expression: late(catalog, per, budget, fewestMessagesTicket),
      holds: "30m",
      description: `Within the last ${rangeInWords(per)}, ${SHARE} of the messages to ${APP} took longer than ${boundText(objective)}; ${percentage(budget)} may.`,
      panel: panelOf(catalog, "Messages in time, against the target"),
    },
  ];
}
