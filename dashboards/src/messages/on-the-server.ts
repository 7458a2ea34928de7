import { SERVER_FRAMES_SENT, SERVER_MESSAGE_DELIVERY, SERVER_SEND_BUFFER } from "@sockscope/catalog";
import { gauge, rate, sumBy } from "@sockscope/promql";
import { MESSAGE_DELIVERY_RATE_5M } from "@sockscope/slo";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { interpolatedInWords, recordedQuantiles } from "../quantiles.ts";
import { APP, orSincePoint, WINDOW } from "../windows.ts";

/** Whether it is the server, and which. */
export const ON_THE_SERVER: readonly PanelSpec[] = [
  graph({
    id: 21,
    width: 8,
    height: 8,
    title: "Time until a message is written",
    description: `From accepting a message to writing it to its recipient's socket, of those within ${orSincePoint(MESSAGE_DELIVERY_RATE_5M.range)}, as the servers measure it: their own part of the latency. Where the latency rises and this does not, it is the way. Between machines it is a difference of their clocks. ${interpolatedInWords(SERVER_MESSAGE_DELIVERY)}`,
    unit: "s",
    queries: recordedQuantiles(MESSAGE_DELIVERY_RATE_5M),
    emptyWhere: "no message was written, or the server does not say when it had accepted it",
    alerts: ["WsMessageLatencyHigh"],
  }),
  graph({
    id: 22,
    width: 8,
    height: 8,
    title: "Bytes that wait to be sent, by server",
    description:
      "In the send buffers of all open connections of an instance, at the scrape. A rise that does not end is peers that do not read, until they are cut as slow consumers or memory ends. One peer may hold all of it.",
    unit: "bytes",
    queries: [
      {
        refId: "buffered",
        expression: sumBy(["instance"], gauge(SERVER_SEND_BUFFER, APP)),
        legend: "{{instance}}",
      },
    ],
    alerts: ["WsMessageSendErrors", "WsMessageLatencyHigh"],
  }),
  graph({
    id: 23,
    width: 8,
    height: 8,
    title: "Frames sent, by server",
    description:
      "Handed to sockets, as each instance counts them. One line far below the others, with as many connections, is an instance that hangs; one far above has the busy rooms, and is no fault.",
    unit: "cps",
    queries: [
      {
        refId: "sent",
        expression: sumBy(["instance"], rate(SERVER_FRAMES_SENT, APP, WINDOW)),
        legend: "{{instance}}",
      },
    ],
    alerts: ["WsMessagesNotAppearing", "WsMessageSendErrors"],
  }),
];
