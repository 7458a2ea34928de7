import {
  AFFECTED_SESSIONS,
  type Catalog,
  CONNECT_ATTEMPTS,
  SERVER_CONNECTIONS_ACTIVE,
  SESSION_SILENCE_MS,
  SESSIONS_ACTIVE,
} from "@sockscope/catalog";
import { gauge, increase, rate, ratio, sumBy } from "@sockscope/promql";
import {
  authenticationCodes,
  DECIDED_FIRST_ATTEMPTS,
  errorBudget,
  FASTEST_BURN_RATE,
  OPENED_FIRST_ATTEMPTS,
} from "@sockscope/slo";
import { bigNumber } from "../big-number.ts";
import type { PanelSpec } from "../panel.ts";
import { APP, WIDE_WINDOW, WIDE_WINDOW_IN_WORDS } from "./windows.ts";

/** Below this share of first attempts, the fastest burn of the budget pages. */
function pagedShare({ targets }: Catalog): number {
  return Math.max(0, 1 - FASTEST_BURN_RATE * errorBudget(targets.connect_success));
}

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
        queries: [{ expression: sumBy([], gauge(SERVER_CONNECTIONS_ACTIVE, APP)), legend: "open" }],
      },
      [{ color: "blue" }],
    ),
    bigNumber(
      {
        id: 2,
        width: 6,
        height: 4,
        title: "Browser sessions",
        description: `Page loads with the SDK that are there: from their second batch until they leave, or are silent for ${SESSION_SILENCE_MS / 1000} s. A user with five tabs is five.`,
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
        title: "First attempts that connect",
        description: `Of the first attempts that were decided within the last ${WIDE_WINDOW_IN_WORDS}; without those that the page itself gave up, and without retries, which would let one user count many times. No attempts, no number.`,
        unit: "percentunit",
        queries: [
          {
            expression: ratio(
              sumBy([], rate(CONNECT_ATTEMPTS, { ...APP, ...OPENED_FIRST_ATTEMPTS }, WIDE_WINDOW)),
              sumBy([], rate(CONNECT_ATTEMPTS, { ...APP, ...DECIDED_FIRST_ATTEMPTS }, WIDE_WINDOW)),
            ),
            legend: "opened",
          },
        ],
      },
      [
        { color: "red" },
        { from: pagedShare(catalog), color: "orange" },
        { from: catalog.targets.connect_success.objective.share, color: "green" },
      ],
    ),
    bigNumber(
      {
        id: 4,
        width: 6,
        height: 4,
        title: "Sessions that lost their authentication",
        description: `Sessions that were closed with ${authentication.join(" or ")} within the last ${WIDE_WINDOW_IN_WORDS}, each once, however often it tries. Most of them are users who are told to refresh the page.`,
        unit: "short",
        queries: [
          {
            expression: sumBy([], increase(AFFECTED_SESSIONS, { ...APP, code: authentication }, WIDE_WINDOW)),
            legend: "sessions",
          },
        ],
      },
      // Half-way to the first one: an increase of one event is not a whole number.
      [{ color: "green" }, { from: 0.5, color: "purple" }],
    ),
  ];
}
