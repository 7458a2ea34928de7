import {
  type Catalog,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
} from "@sockscope/catalog";
import { type Expression, minBy, minOverTime, rangeInWords, rate, ratio, sumBy } from "@sockscope/promql";
import {
  ALERT_WINDOWS,
  ASSISTANT_MESSAGES,
  ASSISTANT_MESSAGES_RECEIVED_PER_SENT,
  meanOfDayBefore,
  recorded,
  USER_MESSAGES,
} from "@sockscope/slo";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { APP, happening, WINDOW, WORST_IN_WORDS, worstSincePoint } from "../windows.ts";
import { UNANSWERED_IN_WORDS, unanswered } from "./in-time.ts";

/** Why two lines of two populations never meet, and what is worth a look. */
const NEVER_MEET =
  "Browsers always count less: pages without the SDK, behind a blocker or without consent report nothing, and what others report comes with their next batch. Two lines that part are worth a look, two that run side by side are not.";

const ANSWERS_PANEL: PanelSpec = graph({
  id: 11,
  width: 12,
  height: 8,
  title: "Assistant messages, sent and received",
  description: `Sent by the servers, as they count them, and received by browsers. ${NEVER_MEET}`,
  unit: "cps",
  queries: [
    {
      refId: "sent",
      expression: sumBy([], rate(SERVER_FRAMES_SENT, { ...APP, ...ASSISTANT_MESSAGES }, WINDOW)),
      legend: "sent by servers",
    },
    {
      refId: "received",
      expression: sumBy([], rate(FRAMES_RECEIVED, { ...APP, ...ASSISTANT_MESSAGES }, WINDOW)),
      legend: "received by browsers",
    },
  ],
  alerts: ["WsMessagesNotAppearing"],
});

const received = recorded(ASSISTANT_MESSAGES_RECEIVED_PER_SENT);

/** Against its own day, as the alert has it. Recorded shares cannot be added up: of several environments, the worst. */
const OF_YESTERDAY: Expression<never> = minBy(
  [],
  ratio(
    minOverTime(received, WINDOW),
    meanOfDayBefore(received, ALERT_WINDOWS.WsMessagesNotAppearing.beforeNow),
  ),
);

function ofYesterdayPanel(catalog: Catalog): PanelSpec {
  const { ofYesterday, fewestAssistantMessages } = catalog.thresholds.WsMessagesNotAppearing;
  const { range } = ASSISTANT_MESSAGES_RECEIVED_PER_SENT;
  return graph(
    {
      id: 12,
      width: 12,
      height: 8,
      title: "Assistant messages received, against the day before",
      description: `The share of what servers sent that browsers say they received, within ${rangeInWords(range)}, of all apps; over its own mean of the day before. Servers meet browsers here, so the share itself says nothing and only its change does: 1 is as always, and each point the worst since the one before. Below the line messages are lost on the way, or pages no longer report: then the Collector dashboard's coverage falls as well. The alert asks for ${fewestAssistantMessages} messages. Of several environments, the worst.`,
      unit: "percentunit",
      traits: ["of every app", "of the extreme part"],
      queries: [{ refId: "of_yesterday", expression: OF_YESTERDAY, legend: "of the day before" }],
      emptyWhere: "no server sent a message, or none of the day before is known",
      alerts: ["WsMessagesNotAppearing", "WsClientTelemetryLost"],
    },
    { line: { at: ofYesterday, badSide: "below" }, axisReaches: 1 },
  );
}

const QUESTIONS_PANEL: PanelSpec = graph({
  id: 13,
  width: 12,
  height: 8,
  title: "User messages, sent and received",
  description: `Sent by browsers, as they count them, and received by the servers. ${NEVER_MEET} Above the servers' line browsers should never be for long: those are messages in the buffers of dead sockets, and copies that are sent again.`,
  unit: "cps",
  queries: [
    {
      refId: "sent",
      expression: sumBy([], rate(FRAMES_SENT, { ...APP, ...USER_MESSAGES }, WINDOW)),
      legend: "sent by browsers",
    },
    {
      refId: "received",
      expression: sumBy([], rate(SERVER_FRAMES_RECEIVED, { ...APP, ...USER_MESSAGES }, WINDOW)),
      legend: "received by servers",
    },
  ],
  alerts: ["WsMessagesNotAppearing", "WsDeliveryErrorBudgetBurn"],
});

function unansweredPanel(catalog: Catalog): PanelSpec {
  const { unansweredShare, fewestUserMessages } = catalog.thresholds.WsMessagesNotAppearing;
  const { bound } = catalog.targets.message_delivery.objective;
  return graph(
    {
      id: 14,
      width: 12,
      height: 8,
      title: "Messages without an answer, against the alert",
      description: `Of what users wrote ${bound} s and longer ago, within ${UNANSWERED_IN_WORDS}, what had no answer on the page in time; browsers on both sides. ${WORST_IN_WORDS} Above the line, from ${fewestUserMessages} messages on, somebody is woken up. It sees an assistant that fails as well as a message that is lost; which, say the two graphs of what was sent and received.`,
      unit: "percentunit",
      queries: [{ refId: "unanswered", ...worstSincePoint(unanswered(catalog), "above"), legend: "{{app}}" }],
      emptyWhere: "nobody wrote",
      alerts: ["WsMessagesNotAppearing", "WsDeliveryErrorBudgetBurn"],
    },
    { line: { at: unansweredShare, badSide: "above" } },
  );
}

const FRAMES_PANELS: readonly PanelSpec[] = [
  graph(
    {
      id: 15,
      width: 12,
      height: 8,
      title: "Frames to browsers, by event",
      description:
        "As the servers count them, once per recipient, when they are handed to the socket. A band that grows without users is a loop; one that ends is a feature that died. It is not what arrived.",
      unit: "cps",
      queries: [
        {
          refId: "sent",
          expression: happening(sumBy(["event"], rate(SERVER_FRAMES_SENT, APP, WINDOW))),
          legend: "{{event}}",
        },
      ],
      emptyWhere: "no server sent anything",
      alerts: ["WsMessagesNotAppearing"],
    },
    { draw: "stacked bars" },
  ),
  graph(
    {
      id: 16,
      width: 12,
      height: 8,
      title: "Frames from browsers, by event",
      description:
        "As the servers count what comes in, of pages with and without the SDK. A wave of `client_hello` is a wave of reconnects; `other` is a frame that has no name here.",
      unit: "cps",
      queries: [
        {
          refId: "received",
          expression: happening(sumBy(["event"], rate(SERVER_FRAMES_RECEIVED, APP, WINDOW))),
          legend: "{{event}}",
        },
      ],
      emptyWhere: "no server received anything",
      alerts: ["WsMessagesNotAppearing", "WsReconnectStorm"],
    },
    { draw: "stacked bars" },
  ),
];

/** Whether messages arrive. */
export function arriving(catalog: Catalog): readonly PanelSpec[] {
  return [
    ANSWERS_PANEL,
    ofYesterdayPanel(catalog),
    QUESTIONS_PANEL,
    unansweredPanel(catalog),
    ...FRAMES_PANELS,
  ];
}
