import {
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  HANDSHAKE_FAILURES,
  SERVER_CONNECTIONS_OPENED,
  SERVER_HANDSHAKES_REJECTED,
} from "@sockscope/catalog";
import { rate, sumBy } from "@sockscope/promql";
import { CONNECT_OUTCOME_LOOKS } from "../looks/close-looks.ts";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { interpolatedInWords, quantiles } from "../quantiles.ts";
import { APP, happening, WIDE_IN_WORDS, WINDOW } from "../windows.ts";

const OUTCOMES_PANEL: PanelSpec = graph(
  {
    id: 7,
    width: 8,
    height: 8,
    title: "Connect attempts, by outcome",
    description:
      "Retries included, counted when decided. `failed`: never opened. `timed_out`: nobody answered. `rejected`: opened and then closed for good, such as 4401. `dropped`: opened and gone at once. `aborted`: the page's own doing.",
    unit: "cps",
    queries: [
      {
        refId: "attempts",
        expression: sumBy(["outcome"], rate(CONNECT_ATTEMPTS, APP, WINDOW)),
        legend: "{{outcome}}",
      },
    ],
    alerts: ["WsConnectErrorBudgetBurn"],
  },
  { looks: CONNECT_OUTCOME_LOOKS },
);

const OPENED_PANEL: PanelSpec = graph({
  id: 21,
  width: 8,
  height: 8,
  title: "Connections accepted by the servers",
  description:
    "By how the user proved who they are. Accepted is not in use: those that are then closed for authentication are among them.",
  unit: "cps",
  queries: [
    {
      refId: "opened",
      expression: sumBy(["auth_method"], rate(SERVER_CONNECTIONS_OPENED, APP, WINDOW)),
      legend: "{{auth_method}}",
    },
  ],
});

const REJECTED_PANEL: PanelSpec = graph(
  {
    id: 22,
    width: 8,
    height: 8,
    title: "Handshakes refused by the servers",
    description:
      "Upgrades that were answered with an HTTP error, by status and by whether the request had credentials. Without them it is scanners, all night; with them a user is locked out, whose browser sees nothing but 1006.",
    unit: "cps",
    queries: [
      {
        refId: "rejected",
        expression: happening(
          sumBy(["status", "credentials"], rate(SERVER_HANDSHAKES_REJECTED, APP, WINDOW)),
        ),
        legend: "{{status}}, credentials {{credentials}}",
      },
    ],
    emptyWhere: "nobody was refused",
    alerts: ["WsHandshakeForbidden"],
  },
  { draw: "stacked bars" },
);

const DURATION_PANEL: PanelSpec = graph({
  id: 8,
  width: 12,
  height: 8,
  title: "Time to connect",
  description: `From creating the socket to its open event, of the attempts of ${WIDE_IN_WORDS} that count as opened. ${interpolatedInWords(CONNECT_DURATION)}`,
  unit: "s",
  queries: quantiles(CONNECT_DURATION, APP),
  emptyWhere: "nobody connected",
});

const CAUSES_PANEL: PanelSpec = graph(
  {
    id: 23,
    width: 12,
    height: 8,
    title: "Why attempts never opened",
    description:
      "What an HTTP request to the same origin met after an attempt had failed twice, for pages that probe. `reachable`: the server answers, so it is the upgrade that is refused. `unreachable`: no network, no name, no listener.",
    unit: "cps",
    queries: [
      {
        refId: "causes",
        expression: happening(sumBy(["cause"], rate(HANDSHAKE_FAILURES, APP, WINDOW))),
        legend: "{{cause}}",
      },
    ],
    emptyWhere: "no page probed",
    alerts: ["WsConnectErrorBudgetBurn", "WsHandshakeForbidden"],
  },
  { draw: "stacked bars" },
);

/** How connections come about. */
export const OPENING: readonly PanelSpec[] = [
  OUTCOMES_PANEL,
  OPENED_PANEL,
  REJECTED_PANEL,
  DURATION_PANEL,
  CAUSES_PANEL,
];
