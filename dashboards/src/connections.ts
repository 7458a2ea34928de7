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
import {
  compare,
  divide,
  type Expression,
  gauge,
  histogramQuantile,
  rate,
  sumBy,
  variable,
} from "@sockscope/promql";
import { bigNumber } from "./big-number.ts";
import { CLOSE_REASON_LOOKS, closeCodeLooks } from "./close-looks.ts";
import type { DashboardSpec } from "./dashboard.ts";
import { graph, type SeriesLook } from "./graph.ts";
import type { PanelSpec } from "./panel.ts";

const APP = { app: variable("app") };
const WINDOW = "$__rate_interval";
/** Quantiles and shares of rare events need a window that holds some. */
const WIDE_WINDOW = "5m";

/**
 * Only where something happens: in stacked bars, a legend of codes that nobody sent hides the one that matters, and a share
 * of nothing is no number. Not for lines, where the one that ends is the news.
 */
function happening<L extends string>(expression: Expression<L>): Expression<L> {
  return compare(expression, ">", 0);
}

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
    queries: [{ expression: happening(sumBy(["code"], rate(CLOSES, APP, WINDOW))), legend: "{{code}}" }],
  },
  { draw: "stacked bars", looks: closeCodeLooks() },
);

const CONNECT_OUTCOME_LOOKS: readonly SeriesLook[] = [
  { legend: "opened", color: "green" },
  { legend: "failed", color: "red" },
  { legend: "aborted", color: "gray" },
];

const quantiles = [0.5, 0.95, 0.99];

/** Are users connected, and if not, how do their connections end? */
export const CONNECTIONS: DashboardSpec = {
  uid: "sockscope-connections",
  title: "Sockscope / Connections",
  description: "Are users connected, and if not, how do their connections end?",
  panels: [
    bigNumber(
      {
        id: 1,
        width: 6,
        height: 4,
        title: "Open connections",
        description:
          "As the chat server counts them, for all apps: it does not know apps. A sudden drop is a mass disconnect.",
        unit: "short",
        queries: [{ expression: sumBy([], gauge(SERVER_CONNECTIONS_ACTIVE, {})), legend: "open" }],
      },
      [{ color: "blue" }],
    ),
    bigNumber(
      {
        id: 2,
        width: 6,
        height: 4,
        title: "Browser sessions",
        description: "Pages that reported within the last minutes, also those that were just left.",
        unit: "short",
        queries: [{ expression: sumBy([], gauge(SESSIONS_ACTIVE, APP)), legend: "sessions" }],
      },
      [{ color: "blue" }],
    ),
    bigNumber(
      {
        id: 3,
        width: 6,
        height: 4,
        title: "Connect attempts that open",
        description: "Of those that were decided; attempts that the page itself gave up do not count.",
        unit: "percentunit",
        queries: [
          {
            expression: divide(
              sumBy([], rate(CONNECT_ATTEMPTS, { ...APP, outcome: "opened" }, WIDE_WINDOW)),
              happening(
                sumBy([], rate(CONNECT_ATTEMPTS, { ...APP, outcome: ["opened", "failed"] }, WIDE_WINDOW)),
              ),
            ),
            legend: "opened",
          },
        ],
      },
      [{ color: "red" }, { from: 0.95, color: "orange" }, { from: 0.99, color: "green" }],
    ),
    bigNumber(
      {
        id: 4,
        width: 6,
        height: 4,
        title: "Authentication closes",
        description:
          "Close code 4401 a second, as browsers see it. Most of them are users who were told to refresh the page.",
        unit: "cps",
        queries: [
          { expression: sumBy([], rate(CLOSES, { ...APP, code: "4401" }, WIDE_WINDOW)), legend: "4401" },
        ],
      },
      [{ color: "green" }, { from: 0.07, color: "purple" }],
    ),
    CLOSE_CODES_PANEL,
    graph(
      {
        id: 6,
        width: 12,
        height: 9,
        title: "Closes at the server, by reason",
        description:
          "The server's own word for why, for all apps. `lost` is a connection that vanished without a close frame: networks, proxies, crashes.",
        unit: "cps",
        queries: [
          { expression: happening(sumBy(["reason"], rate(SERVER_CLOSES, {}, WINDOW))), legend: "{{reason}}" },
        ],
      },
      { draw: "stacked bars", looks: CLOSE_REASON_LOOKS },
    ),
    graph(
      {
        id: 7,
        width: 8,
        height: 8,
        title: "Connect attempts, by outcome",
        description:
          "`failed` attempts that rise while `opened` ones fall: browsers cannot reach the server.",
        unit: "cps",
        queries: [
          { expression: sumBy(["outcome"], rate(CONNECT_ATTEMPTS, APP, WINDOW)), legend: "{{outcome}}" },
        ],
      },
      { looks: CONNECT_OUTCOME_LOOKS },
    ),
    graph({
      id: 8,
      width: 8,
      height: 8,
      title: "Time to connect",
      description: "From creating the socket to its open event, for attempts that opened.",
      unit: "s",
      queries: quantiles.map((quantile) => ({
        expression: histogramQuantile(quantile, CONNECT_DURATION, APP, WIDE_WINDOW),
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
        expression: histogramQuantile(quantile, CONNECTION_DURATION, APP, WIDE_WINDOW),
        legend: `p${quantile * 100}`,
      })),
    }),
    graph({
      id: 10,
      width: 12,
      height: 8,
      title: "Frames received by browsers",
      description: "By event. Assistant messages at zero while users write: messages do not appear.",
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
