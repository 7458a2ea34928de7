import {
  type Catalog,
  type Period,
  RECONNECT_EPISODES,
  RECONNECT_EPISODES_STARTED,
} from "@sockscope/catalog";
import { clampMin, increase, rangeInWords, subtract, sumBy } from "@sockscope/promql";
import { bigNumber } from "../panels/big-number.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { ANY_EVENT, lineOf, verdictSteps } from "../panels/thresholds.ts";
import { APP } from "../windows.ts";
import { CUTS_IN_WORDS, hourlyCuts, SUDDEN_CUTS, SUDDEN_IN_WORDS } from "./cuts.ts";

/** In which episodes are counted: the silence after which a client has given up is far shorter. */
const EPISODES_RANGE: Period = "1h";

const EPISODES_IN_WORDS = rangeInWords(EPISODES_RANGE);

const OPEN_EPISODES_PANEL: PanelSpec = bigNumber(
  {
    id: 3,
    width: 6,
    height: 4,
    title: "Reconnect episodes that are open",
    description: `Those that began within the last ${EPISODES_IN_WORDS} without those that ended in it, as browsers count them: users who wait for their connection. It is too large by pages that crashed or were closed without a last word, which never say how theirs ended, for an ${EPISODES_IN_WORDS}; and too small where many that began earlier end now. Pages without a network tell when they have one again. For a trend, see the time without a connection.`,
    unit: "short",
    queries: [
      {
        refId: "open",
        expression: clampMin(
          subtract(
            sumBy([], increase(RECONNECT_EPISODES_STARTED, APP, EPISODES_RANGE)),
            sumBy([], increase(RECONNECT_EPISODES, APP, EPISODES_RANGE)),
          ),
          0,
        ),
        legend: "open",
      },
    ],
    alerts: ["WsReconnectStorm", "WsMassDisconnect"],
  },
  { colors: [{ color: "blue" }], decimals: 0 },
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
  const colors = verdictSteps(lineOf(catalog.targets.reconnection_storms));
  return [
    bigNumber(
      {
        id: 1,
        width: 6,
        height: 4,
        title: "Cuts a session within the hour",
        description: `For each browser session that was there on average: ${CUTS_IN_WORDS}. Red from the target on, which is a ticket where there are at least ${fewestCutsTicket} cuts. A client that loops counts every time, so it is no share of users.`,
        unit: "percentunit",
        queries: [{ refId: "cuts", expression: hourlyCuts(catalog), legend: "{{app}}" }],
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
        description: `For each browser session that is there: ${CUTS_IN_WORDS}; within the last ${SUDDEN_IN_WORDS}. Red from what the target allows in its whole period on, which is a page where there are at least ${fewestCutsPage} cuts.`,
        unit: "percentunit",
        queries: [{ refId: "cuts", expression: SUDDEN_CUTS, legend: "{{app}}" }],
        emptyWhere: "no page is there",
        alerts: ["WsReconnectStorm"],
      },
      { colors },
    ),
    OPEN_EPISODES_PANEL,
    GIVEN_UP_PANEL,
  ];
}
