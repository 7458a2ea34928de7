import {
  CONNECTION_DURATION,
  INBOUND_SILENCE,
  SERVER_CONNECTION_AGE,
  SERVER_CONNECTION_DURATION,
} from "@sockscope/catalog";
import { bucketRates, bucketsNow } from "@sockscope/promql";
import { graph } from "../panels/graph.ts";
import { heatmap } from "../panels/heatmap.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { interpolatedInWords, quantiles } from "../quantiles.ts";
import { APP, WIDE_IN_WORDS, WINDOW } from "../windows.ts";

/** How long connections last. */
export const LASTING: readonly PanelSpec[] = [
  heatmap({
    id: 24,
    width: 12,
    height: 9,
    title: "Length of connections when they ended",
    description:
      "As the servers count them, of every page. The narrow buckets lie around the usual idle timeouts of proxies: a dark line there that goes on is a setting, not users who leave.",
    unit: "s",
    queries: [
      {
        refId: "durations",
        expression: bucketRates(SERVER_CONNECTION_DURATION, APP, WINDOW),
        legend: "{{le}}",
      },
    ],
    alerts: ["WsConnectionUptimeLow"],
  }),
  heatmap({
    id: 25,
    width: 12,
    height: 9,
    title: "Ages of the open connections",
    description:
      "How long those that are open now have been open. After a restart of the servers everything is young; a herd that ages together will also be cut together.",
    unit: "s",
    queries: [{ refId: "ages", expression: bucketsNow(SERVER_CONNECTION_AGE, APP), legend: "{{le}}" }],
  }),
  graph({
    id: 9,
    width: 12,
    height: 8,
    title: "Length of visits",
    description: `Duration of the connections that ended within ${WIDE_IN_WORDS}, as browsers saw it, also of those whose user left: healthy visits of 6 minutes have a median of 6 minutes. ${interpolatedInWords(CONNECTION_DURATION)}`,
    unit: "s",
    queries: quantiles(CONNECTION_DURATION, APP),
    emptyWhere: "no connection ended",
  }),
  graph({
    id: 27,
    width: 12,
    height: 8,
    title: "Longest silence of a connection",
    description: `The longest time in which nothing came from the server, of each connection that ended within ${WIDE_IN_WORDS}. Far above the interval of the heartbeat, connections were open and dead, and their users waited. ${interpolatedInWords(INBOUND_SILENCE)}`,
    unit: "s",
    queries: quantiles(INBOUND_SILENCE, APP),
    emptyWhere: "no connection ended",
  }),
];
