import {
  type Catalog,
  type ConnectionState,
  DOWNTIME,
  RECONNECT_EPISODE_ATTEMPTS,
  RECONNECT_EPISODES,
  RECONNECT_EPISODES_STARTED,
  TIME,
} from "@sockscope/catalog";
import {
  bucketRates,
  compare,
  type Expression,
  rangeInWords,
  rate,
  ratio,
  subtract,
  sumBy,
} from "@sockscope/promql";
import {
  ALERT_WINDOWS,
  automaticRecoverySli,
  connectedTime,
  connectedTimeSli,
  errorBudget,
  lineOf,
  shareAtBound,
  WANTED_TIME,
} from "@sockscope/slo";
import { EPISODE_LOOKS, WITHOUT_CONNECTION_LOOKS } from "../looks/reconnect-looks.ts";
import { graph } from "../panels/graph.ts";
import { heatmap } from "../panels/heatmap.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { interpolatedInWords, quantiles } from "../quantiles.ts";
import {
  APP,
  DAY_SHARE_MOMENTS,
  ofChosenApps,
  recordedSincePoint,
  WIDE,
  WIDE_IN_WORDS,
  WINDOW,
  worstEnvironment,
  worstEnvironmentTraits,
} from "../windows.ts";

const EPISODES_PANEL: PanelSpec = graph(
  {
    id: 7,
    width: 8,
    height: 8,
    title: "Reconnect episodes that begin and end",
    description:
      "As browsers count them: `started` at once, the others when the episode is over, by how. `started` far above all others is an outage that goes on; `recovered` follows when it is over. `gave_up`: the client makes no more attempts. `abandoned`: the user left first.",
    unit: "cps",
    queries: [
      {
        refId: "started",
        expression: sumBy([], rate(RECONNECT_EPISODES_STARTED, APP, WINDOW)),
        legend: "started",
      },
      {
        refId: "ended",
        expression: sumBy(["outcome"], rate(RECONNECT_EPISODES, APP, WINDOW)),
        legend: "{{outcome}}",
      },
    ],
    alerts: ["WsReconnectStorm"],
  },
  { looks: EPISODE_LOOKS },
);

const { lately: LATELY } = ALERT_WINDOWS.WsConnectionUptimeLow;

/** The share of the time without a connection, as the alert has it; nothing where no page wanted one, which else is NaN. */
function without(catalog: Catalog, connected: Expression<"app">): Expression<"app"> {
  return worstEnvironment(catalog, ofChosenApps(subtract(1, compare(connected, ">=", 0))), "above");
}

function dayWithoutPanel(catalog: Catalog): PanelSpec {
  const target = catalog.targets.connected_time;
  const { fewestHours } = catalog.thresholds.WsConnectionUptimeLow;
  const [day, lately] = [rangeInWords(target.per), rangeInWords(LATELY)];
  return graph(
    {
      id: 22,
      width: 8,
      height: 8,
      title: "Time without a connection, against the target",
      description: `Of the time in which pages wanted one and their user had a network, as browsers count it: the target's own number, over ${day}, and the same over ${lately}. The line is what the target leaves. Above it with both, from ${fewestHours} hours within ${lately} on, is a ticket; with the day alone, it is over.`,
      unit: "percentunit",
      traits: worstEnvironmentTraits(catalog),
      queries: [
        {
          refId: "day",
          expression: without(catalog, recordedSincePoint(connectedTimeSli(catalog), "below")),
          legend: `${day}, {{app}}`,
        },
        {
          refId: "lately",
          expression: without(catalog, connectedTime(LATELY)),
          legend: `${lately}, {{app}}`,
        },
      ],
      moments: DAY_SHARE_MOMENTS,
      emptyWhere: "no page wanted a connection",
      alerts: ["WsConnectionUptimeLow"],
    },
    { line: { at: errorBudget(target), badSide: "above" } },
  );
}

/** What a page that wants a connection has instead of one. */
const WITHOUT: readonly Extract<ConnectionState, "reconnecting" | "gave_up" | "rejected">[] = [
  "reconnecting",
  "gave_up",
  "rejected",
];

function timeWithoutPanel(catalog: Catalog): PanelSpec {
  const target = catalog.targets.connected_time;
  const wanted = sumBy([], rate(TIME, { ...APP, ...WANTED_TIME }, WIDE.window));
  return graph(
    {
      id: 8,
      width: 8,
      height: 8,
      title: "Time without a connection",
      description: `Of the time within ${WIDE_IN_WORDS} in which pages wanted one and their user had a network, as browsers count it. \`reconnecting\`: they try, also for the first time. \`gave_up\`: they no longer do. \`rejected\`: they were told to stop, as by 4401. The line is what the target leaves over its ${rangeInWords(target.per)}: a peak above it is no miss yet, a day above it is. A hidden page that waits to be seen wants nothing.`,
      unit: "percentunit",
      queries: WITHOUT.map((state) => ({
        refId: state,
        expression: ratio(sumBy([], rate(TIME, { ...APP, state }, WIDE.window)), wanted),
        legend: state,
        leastStepSeconds: WIDE.leastStepSeconds,
      })),
      emptyWhere: "no page wanted a connection",
      alerts: ["WsReconnectStorm", "WsMassDisconnect", "WsAuthCloseSpike"],
    },
    {
      draw: "stacked areas",
      looks: WITHOUT_CONNECTION_LOOKS,
      line: { at: errorBudget(target), badSide: "above" },
    },
  );
}

function recoveredPanel(catalog: Catalog): PanelSpec {
  const target = catalog.targets.automatic_recovery;
  return graph(
    {
      id: 9,
      width: 12,
      height: 8,
      title: "Recoveries in time, once the network is back",
      description: `Of the episodes within the last ${rangeInWords(target.per)} that began with the loss of the network and were decided, those whose connection was back within ${target.objective.bound} s of the network's return, as browsers count them. Who gave up is in the whole, who left is not. Below the line, clients do not come back by themselves as promised. It says nothing of servers that are down: those are closes.`,
      unit: "percentunit",
      queries: [
        {
          refId: "in_time",
          // Losses of the network are rare: over an hour, one user would be the share.
          expression: compare(ofChosenApps(automaticRecoverySli(catalog).value), ">=", 0),
          legend: "{{app}}",
        },
      ],
      // A day's share hardly moves within a minute, and each moment reads a day.
      moments: DAY_SHARE_MOMENTS,
      emptyWhere: "nobody lost the network",
      alerts: ["WsManualReloads"],
    },
    { line: lineOf(target), axisReaches: 1 },
  );
}

/** Exact, where a quantile would interpolate below one attempt. */
const ATTEMPTS: readonly number[] = [1, 2, 4, 10];

const ATTEMPTS_PANEL: PanelSpec = graph(
  {
    id: 10,
    width: 12,
    height: 8,
    title: "Attempts until a connection holds",
    description: `Of the episodes that recovered within ${WIDE_IN_WORDS}, those that took at most so many attempts, as browsers count them. The lowest line falls first: servers that turn clients away, or accept and drop them. Who has not come back is in none of them.`,
    unit: "percentunit",
    queries: ATTEMPTS.map((attempts) => ({
      refId: `at_most_${attempts}`,
      expression: compare(shareAtBound([], RECONNECT_EPISODE_ATTEMPTS, attempts, APP, WIDE.window), ">=", 0),
      legend: attempts === 1 ? "the first" : `at most ${attempts}`,
      leastStepSeconds: WIDE.leastStepSeconds,
    })),
    emptyWhere: "no episode recovered",
    alerts: ["WsReconnectStorm"],
  },
  { axisReaches: 1 },
);

const DOWNTIME_PANELS: readonly PanelSpec[] = [
  graph({
    id: 11,
    width: 8,
    height: 8,
    title: "Downtime after a close",
    description: `From the close until the connection was open again, of the episodes that recovered within ${WIDE_IN_WORDS}, as browsers measure it. As long as the server is down, it is the server's; longer than the backoff's cap after it is back, it is the clients'. Who never came back is missing. ${interpolatedInWords(DOWNTIME)}`,
    unit: "s",
    queries: quantiles(DOWNTIME, { ...APP, after: "close" }),
    emptyWhere: "nobody came back from a close",
    alerts: ["WsReconnectStorm"],
  }),
  heatmap({
    id: 12,
    width: 8,
    height: 8,
    title: "Downtimes after a close, each",
    description:
      "How many connections came back after how long, as browsers measure it. A dark band that climbs is an outage whose users come back one after another; a single dark cell is a herd that came back at once.",
    unit: "s",
    queries: [
      {
        refId: "downtimes",
        expression: bucketRates(DOWNTIME, { ...APP, after: "close" }, WINDOW),
        legend: "{{le}}",
      },
    ],
    alerts: ["WsReconnectStorm"],
  }),
  graph({
    id: 13,
    width: 8,
    height: 8,
    title: "Downtime after the network was away",
    description: `From the network's return, or from the machine's waking, until the connection was open again, of the episodes that recovered within ${WIDE_IN_WORDS}, as browsers measure it. It is the clients' own slowness, and never the length of the tunnel. ${interpolatedInWords(DOWNTIME)}`,
    unit: "s",
    queries: quantiles(DOWNTIME, { ...APP, after: "offline" }),
    emptyWhere: "nobody came back from the loss of the network",
    alerts: ["WsManualReloads"],
  }),
];

/** Whether users come back, and how soon. */
export function comingBack(catalog: Catalog): readonly PanelSpec[] {
  return [
    EPISODES_PANEL,
    timeWithoutPanel(catalog),
    dayWithoutPanel(catalog),
    ...DOWNTIME_PANELS,
    recoveredPanel(catalog),
    ATTEMPTS_PANEL,
  ];
}
