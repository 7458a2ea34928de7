import {
  AFFECTED_SESSIONS,
  type Catalog,
  SERVER_CONNECTIONS_ACTIVE,
  SESSION_SILENCE_MS,
  SESSIONS_ACTIVE,
} from "@sockscope/catalog";
import { gauge, increase, sumBy } from "@sockscope/promql";
import { authenticationCodes } from "@sockscope/slo";
import { firstAttemptsPanel } from "../first-attempts.ts";
import { bigNumber } from "../panels/big-number.ts";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { ANY_EVENT } from "../panels/thresholds.ts";
import { AFFECTED_RANGE, AFFECTED_RANGE_IN_WORDS, APP } from "../windows.ts";

/** What is there at this moment. */
export function now(catalog: Catalog): readonly PanelSpec[] {
  const authentication = authenticationCodes(catalog);
  return [
    bigNumber(
      {
        id: 1,
        width: 6,
        height: 4,
        title: "Open connections",
        description:
          "As the chat servers count them, of pages with and without the SDK. A sudden drop is a mass disconnect, or a scrape that fails.",
        unit: "short",
        queries: [
          { refId: "open", expression: sumBy([], gauge(SERVER_CONNECTIONS_ACTIVE, APP)), legend: "open" },
        ],
        alerts: ["WsMassDisconnect"],
      },
      { colors: [{ color: "blue" }], decimals: 0 },
    ),
    bigNumber(
      {
        id: 2,
        width: 6,
        height: 4,
        title: "Browser sessions",
        description: `Page loads with the SDK that are there: from their second batch until they leave, or are silent for ${SESSION_SILENCE_MS / 1000} s. A user with five tabs is five.`,
        unit: "short",
        queries: [
          { refId: "sessions", expression: sumBy([], gauge(SESSIONS_ACTIVE, APP)), legend: "sessions" },
        ],
        alerts: ["WsClientTelemetryLost"],
      },
      { colors: [{ color: "blue" }], decimals: 0 },
    ),
    firstAttemptsPanel(catalog, { id: 3, width: 6, height: 4, title: "First attempts that connect" }),
    bigNumber(
      {
        id: 4,
        width: 6,
        height: 4,
        title: "Sessions signed out",
        description: `Sessions that were closed with ${authentication.join(" or ")} within the last ${AFFECTED_RANGE_IN_WORDS}, each once, however often it tries. Most of them are users who are told to refresh the page.`,
        unit: "short",
        queries: [
          {
            refId: "sessions",
            expression: sumBy(
              [],
              increase(AFFECTED_SESSIONS, { ...APP, code: authentication }, AFFECTED_RANGE),
            ),
            legend: "sessions",
          },
        ],
        alerts: ["WsAuthCloseSpike"],
      },
      { colors: [{ color: "green" }, { from: ANY_EVENT, color: "purple" }], decimals: 0 },
    ),
  ];
}

/** Who is connected, and where to. */
export const CONNECTED: readonly PanelSpec[] = [
  graph(
    {
      id: 20,
      width: 12,
      height: 8,
      title: "Open connections, by server",
      description:
        "One band for each instance. A band that ends and another that begins is a rollout; one that is thicker than the others gets more than its share.",
      unit: "short",
      queries: [
        {
          refId: "open",
          expression: sumBy(["instance"], gauge(SERVER_CONNECTIONS_ACTIVE, APP)),
          legend: "{{instance}}",
        },
      ],
      alerts: ["WsMassDisconnect"],
    },
    { draw: "stacked areas" },
  ),
];
