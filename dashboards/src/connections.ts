import {
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECTION_DURATION,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  SERVER_CLOSES,
  SERVER_CONNECTIONS_ACTIVE,
  SESSIONS_ACTIVE,
} from "@sockscope/catalog";
import { divide, gauge, histogramQuantile, rate, sumBy, variable } from "@sockscope/promql";
import { closeCodeLooks } from "./close-code-looks.ts";
import type { DashboardSpec } from "./dashboard.ts";
import { bigNumber, graph, type PanelSpec } from "./panel.ts";

const APP = { app: variable("app") };
const WINDOW = "$__rate_interval";

/** The panel that the close-code alerts link to. */
export const CLOSE_CODES_PANEL: PanelSpec = graph(
  {
    id: 5,
    width: 12,
    height: 9,
    title: "Closes seen by browsers, by close code",
    description:
      "Green is harmless, yellow to orange reconnects, red shows the user an error, purple is authentication. A purple or red band that grows is an incident.",
    unit: "cps",
    queries: [{ expression: sumBy(["code"], rate(CLOSES, APP, WINDOW)), legend: "{{code}}" }],
  },
  { draw: "stacked bars", looks: closeCodeLooks() },
);

const quantiles = [0.5, 0.95, 0.99];

/** Are users connected, and if not, how do their connections end? */
export const CONNECTIONS: DashboardSpec = {
  uid: "sockscope-connections",
  title: "Sockscope / Connections",
  description: "Are users connected, and if not, how do their connections end?",
  panels: [
    bigNumber({
      id: 1,
      width: 6,
      height: 4,
      title: "Open connections",
      description: "As the chat server counts them. A sudden drop is a mass disconnect.",
      unit: "short",
      queries: [{ expression: sumBy([], gauge(SERVER_CONNECTIONS_ACTIVE, {})), legend: "open" }],
    }),
    bigNumber({
      id: 2,
      width: 6,
      height: 4,
      title: "Browser sessions",
      description: "Pages that reported lately. Far more pages than connections: users cannot connect.",
      unit: "short",
      queries: [{ expression: sumBy([], gauge(SESSIONS_ACTIVE, APP)), legend: "sessions" }],
    }),
    bigNumber({
      id: 3,
      width: 6,
      height: 4,
      title: "Connect attempts that open",
      description: "Of those that were decided; attempts that the page itself gave up do not count.",
      unit: "percentunit",
      queries: [
        {
          expression: divide(
            sumBy([], rate(CONNECT_ATTEMPTS, { ...APP, outcome: "opened" }, WINDOW)),
            sumBy([], rate(CONNECT_ATTEMPTS, { ...APP, outcome: ["opened", "failed"] }, WINDOW)),
          ),
          legend: "opened",
        },
      ],
    }),
    bigNumber({
      id: 4,
      width: 6,
      height: 4,
      title: "Authentication closes",
      description:
        "Close code 4401 a second, as browsers see it. Each one is a user who was told to refresh the page.",
      unit: "cps",
      queries: [{ expression: sumBy([], rate(CLOSES, { ...APP, code: "4401" }, WINDOW)), legend: "4401" }],
    }),
    CLOSE_CODES_PANEL,
    graph(
      {
        id: 6,
        width: 12,
        height: 9,
        title: "Closes at the server, by reason",
        description:
          "The server's own word for why. `lost` is a connection that vanished without a close frame: networks, proxies, crashes.",
        unit: "cps",
        queries: [{ expression: sumBy(["reason"], rate(SERVER_CLOSES, {}, WINDOW)), legend: "{{reason}}" }],
      },
      { draw: "stacked bars" },
    ),
    graph({
      id: 7,
      width: 8,
      height: 8,
      title: "Connect attempts, by outcome",
      description: "`failed` attempts that rise while `opened` ones fall: browsers cannot reach the server.",
      unit: "cps",
      queries: [
        { expression: sumBy(["outcome"], rate(CONNECT_ATTEMPTS, APP, WINDOW)), legend: "{{outcome}}" },
      ],
    }),
    graph({
      id: 8,
      width: 8,
      height: 8,
      title: "Time to connect",
      description: "From creating the socket to its open event, for attempts that opened.",
      unit: "s",
      queries: quantiles.map((quantile) => ({
        expression: histogramQuantile(quantile, CONNECT_DURATION, APP, WINDOW),
        legend: `p${quantile * 100}`,
      })),
    }),
    graph({
      id: 9,
      width: 8,
      height: 8,
      title: "Connection duration",
      description:
        "Of connections that ended. Durations that pile up at one value point at a proxy's timeout.",
      unit: "s",
      queries: quantiles.map((quantile) => ({
        expression: histogramQuantile(quantile, CONNECTION_DURATION, APP, WINDOW),
        legend: `p${quantile * 100}`,
      })),
    }),
    graph({
      id: 10,
      width: 12,
      height: 8,
      title: "Frames received by browsers",
      description: "By event. No assistant messages while users write: messages do not appear.",
      unit: "cps",
      queries: [{ expression: sumBy(["event"], rate(FRAMES_RECEIVED, APP, WINDOW)), legend: "{{event}}" }],
    }),
    graph({
      id: 11,
      width: 12,
      height: 8,
      title: "Frames sent by browsers",
      description: "By event, handed to an open socket.",
      unit: "cps",
      queries: [{ expression: sumBy(["event"], rate(FRAMES_SENT, APP, WINDOW)), legend: "{{event}}" }],
    }),
  ],
};
