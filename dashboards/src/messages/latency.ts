import { type Catalog, LATENCY_EXCLUDED, MESSAGE_LATENCY, REPLY_LATENCY, RTT } from "@sockscope/catalog";
import { bucketRates, countOf, rangeInWords, rate, sumBy } from "@sockscope/promql";
import { lineOf } from "@sockscope/slo";
import { LATENCY_LOOKS } from "../looks/message-looks.ts";
import { graph } from "../panels/graph.ts";
import { heatmap } from "../panels/heatmap.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { interpolatedInWords, quantiles } from "../quantiles.ts";
import { APP, happening, WIDE_IN_WORDS, WINDOW, WORST_IN_WORDS, worstSincePoint } from "../windows.ts";
import { inTime, MESSAGES_RANGE_IN_WORDS } from "./in-time.ts";

function pagedPanel(catalog: Catalog): PanelSpec {
  const { bound } = catalog.targets.message_latency.objective;
  const { lateSharePage, fewestMessagesPage } = catalog.thresholds.WsMessageLatencyHigh;
  return graph(
    {
      id: 24,
      width: 12,
      height: 8,
      title: "Messages in time, against the alert",
      description: `Of the messages within ${MESSAGES_RANGE_IN_WORDS} whose latency browsers can know, those that arrived within ${bound} s of being sent; exact, not interpolated. ${WORST_IN_WORDS} Below the line, from ${fewestMessagesPage} messages on, somebody is woken up. Late for all of them is the server or what stands before it; for some, their networks.`,
      unit: "percentunit",
      queries: [{ refId: "in_time", ...worstSincePoint(inTime(catalog), "below"), legend: "{{app}}" }],
      emptyWhere: "no message came whose latency is known",
      alerts: ["WsMessageLatencyHigh"],
    },
    { line: { at: 1 - lateSharePage, badSide: "below" }, axisReaches: 1 },
  );
}

function inTimePanel(catalog: Catalog): PanelSpec {
  const target = catalog.targets.message_latency;
  const { fewestMessagesTicket } = catalog.thresholds.WsMessageLatencyHigh;
  return graph(
    {
      id: 5,
      width: 12,
      height: 8,
      title: "Messages in time, against the target",
      description: `The same over ${rangeInWords(target.per)}, which is the target's own number. Below the line, from ${fewestMessagesTicket} messages on, is a ticket. It goes on for as long after the trouble; whether messages still are late says the graph beside it.`,
      unit: "percentunit",
      queries: [{ refId: "in_time", expression: inTime(catalog, target.per), legend: "{{app}}" }],
      emptyWhere: "no message came whose latency is known",
      alerts: ["WsMessageLatencyHigh"],
    },
    { line: lineOf(target), axisReaches: 1 },
  );
}

const QUANTILES_PANEL: PanelSpec = graph({
  id: 6,
  width: 8,
  height: 8,
  title: "Message latency",
  description: `From the server's sending of a whole message to its arrival in the page, of those within ${WIDE_IN_WORDS} whose latency browsers can know. ${interpolatedInWords(MESSAGE_LATENCY)} Whether the target is met says the share beside it.`,
  unit: "s",
  queries: quantiles(MESSAGE_LATENCY, APP),
  emptyWhere: "no message came whose latency is known",
  alerts: ["WsMessageLatencyHigh"],
});

const HEATMAP_PANEL: PanelSpec = heatmap({
  id: 7,
  width: 12,
  height: 8,
  title: "Message latencies, each",
  description:
    "How many messages took how long from the server's sending to their arrival in the page, as browsers measure it. A second band far above the first is some users, or every message that waits behind something; one band that climbs is everybody.",
  unit: "s",
  queries: [{ refId: "latencies", expression: bucketRates(MESSAGE_LATENCY, APP, WINDOW), legend: "{{le}}" }],
  alerts: ["WsMessageLatencyHigh"],
});

const EXCLUDED_PANEL: PanelSpec = graph(
  {
    id: 8,
    width: 12,
    height: 8,
    title: "Messages, by whether their latency is believed",
    description:
      "How much of the traffic the latency speaks for: green is in it, as browsers count. `offset`: the clocks' difference is not known well enough, as on slow networks. `hidden`, `asleep`: page or machine did not run. `negative`: impossible, a clock that was set. All of them arrived. Where little is green, the latency is that of good networks.",
    unit: "cps",
    queries: [
      {
        refId: "believed",
        expression: happening(sumBy([], rate(countOf(MESSAGE_LATENCY), APP, WINDOW))),
        legend: "believed",
      },
      {
        refId: "excluded",
        expression: happening(sumBy(["reason"], rate(LATENCY_EXCLUDED, APP, WINDOW))),
        legend: "{{reason}}",
      },
    ],
    emptyWhere: "no message came that says when it was sent",
    alerts: ["WsMessageLatencyHigh"],
  },
  { draw: "stacked bars", looks: LATENCY_LOOKS },
);

function replyPanel({ targets }: Catalog): PanelSpec {
  const { bound } = targets.message_delivery.objective;
  return graph({
    id: 10,
    width: 8,
    height: 8,
    title: "Time until a reply",
    description: `From sending a user's message to the reply that names it, or to the first piece of one that is streamed, of the replies within ${WIDE_IN_WORDS}, as browsers measure it. It is to be there within ${bound} s. Messages without an answer are in none of it: it looks best when only the quick ones are answered. ${interpolatedInWords(REPLY_LATENCY)}`,
    unit: "s",
    queries: quantiles(REPLY_LATENCY, APP),
    emptyWhere: "nobody got a reply",
    alerts: ["WsDeliveryErrorBudgetBurn", "WsMessagesNotAppearing"],
  });
}

const RTT_PANEL: PanelSpec = graph({
  id: 9,
  width: 8,
  height: 8,
  title: "Round trip of a ping",
  description: `Of the application's pings within ${WIDE_IN_WORDS}, as browsers measure them: the network, and whatever blocks either side's event loop. It rises with the latency where the way is slow, and stays where only the messages are. Half of it is no latency: ways are not symmetric. ${interpolatedInWords(RTT)}`,
  unit: "s",
  queries: quantiles(RTT, APP),
  emptyWhere: "no page pings",
  alerts: ["WsMessageLatencyHigh"],
});

/** Whether messages are in time. */
export function latency(catalog: Catalog): readonly PanelSpec[] {
  return [
    pagedPanel(catalog),
    inTimePanel(catalog),
    QUANTILES_PANEL,
    RTT_PANEL,
    replyPanel(catalog),
    HEATMAP_PANEL,
    EXCLUDED_PANEL,
  ];
}
