import { type Catalog, type Period, RECONNECT_EPISODES, TIME } from "@sockscope/catalog";
import { increase, rangeInWords, rate, sumBy } from "@sockscope/promql";
import { lineOf } from "@sockscope/slo";
import { bigNumber } from "../panels/big-number.ts";
import { judgedByBad } from "../panels/judged.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { ANY_EVENT, verdictSteps } from "../panels/thresholds.ts";
import { APP, WIDE_WINDOW, WIDE_WINDOW_IN_WORDS } from "../windows.ts";
import {
  CUTS_IN_WORDS,
  cutsOfHour,
  hourlyCuts,
  SUDDEN_CUTS,
  SUDDEN_CUTS_COUNT,
  SUDDEN_IN_WORDS,
} from "./cuts.ts";

/** In which episodes are counted: the silence after which a client has given up is far shorter. */
const EPISODES_RANGE: Period = "1h";

const EPISODES_IN_WORDS = rangeInWords(EPISODES_RANGE);

const TRYING_PANEL: PanelSpec = bigNumber(
  {
    id: 3,
    width: 6,
    height: 4,
    title: "Pages that try to reconnect",
    description: `How many tried at a time, on average of the last ${WIDE_WINDOW_IN_WORDS}, by the seconds that pages say they spent so. It follows a fault by up to that time, and what pages without a network spent, they tell when they have one again. Hold it against the browser sessions.`,
    unit: "short",
    queries: [
      {
        refId: "trying",
        // Seconds in each second are pages.
        expression: sumBy([], rate(TIME, { ...APP, state: "reconnecting" }, WIDE_WINDOW)),
        legend: "pages",
      },
    ],
    alerts: ["WsReconnectStorm", "WsMassDisconnect"],
  },
  { colors: [{ color: "blue" }], decimals: 1 },
);

const GIVEN_UP_PANEL: PanelSpec = bigNumber(
  {
    id: 4,
    width: 6,
    height: 4,
    title: "Users who gave up within the hour",
    description: `Reconnect episodes within the last ${EPISODES_IN_WORDS} that ended because the client makes no more attempts, as browsers count them. Such a user has a dead chat until they reload. A page that is brought back by hand and gives up again counts twice; one that is closed before it gave up is none.`,
    unit: "short",
    queries: [
      {
        refId: "gave_up",
        expression: sumBy([], increase(RECONNECT_EPISODES, { ...APP, outcome: "gave_up" }, EPISODES_RANGE)),
        legend: "gave up",
      },
    ],
    alerts: ["WsReconnectStorm", "WsManualReloads"],
  },
  { colors: [{ color: "green" }, { from: ANY_EVENT, color: "orange" }], decimals: 0 },
);

/** What is there at this moment. */
export function reconnectsNow(catalog: Catalog): readonly PanelSpec[] {
  const { fewestCutsPage, fewestCutsTicket } = catalog.thresholds.WsReconnectStorm;
  const line = lineOf(catalog.targets.reconnection_storms);
  const colors = verdictSteps(line);
  return [
    bigNumber(
      {
        id: 1,
        width: 6,
        height: 4,
        title: "Cuts a session within the hour",
        description: `For each browser session that was there on average: ${CUTS_IN_WORDS}. Red from the target on, which is a ticket. Grey where it would be red by fewer than ${fewestCutsTicket} cuts. A client that loops counts every time, so it is no share of users.`,
        unit: "percentunit",
        traits: ["of who is there", "may be more than all"],
        queries: judgedByBad({
          value: hourlyCuts(catalog),
          badFrom: line.at,
          bad: cutsOfHour(catalog),
          fewest: fewestCutsTicket,
          legend: "{{app}}",
        }),
        emptyWhere: "no page was there",
        alerts: ["WsReconnectStorm"],
      },
      { colors, isVerdict: true },
    ),
    bigNumber(
      {
        id: 2,
        width: 6,
        height: 4,
        title: "Cuts a session within five minutes",
        description: `For each browser session that is there: ${CUTS_IN_WORDS}; within the last ${SUDDEN_IN_WORDS}. Red from what the target allows in its whole period on, which is a page. Grey where it would be red by fewer than ${fewestCutsPage} cuts.`,
        unit: "percentunit",
        traits: ["of who is there", "may be more than all"],
        queries: judgedByBad({
          value: SUDDEN_CUTS,
          badFrom: line.at,
          bad: SUDDEN_CUTS_COUNT,
          fewest: fewestCutsPage,
          legend: "{{app}}",
        }),
        emptyWhere: "no page is there",
        alerts: ["WsReconnectStorm"],
      },
      { colors },
    ),
    TRYING_PANEL,
    GIVEN_UP_PANEL,
  ];
}
