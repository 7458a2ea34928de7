import {
  AFFECTED_AGAIN_MS,
  AFFECTED_SESSIONS,
  boundText,
  type Catalog,
  CLOSES,
  CONNECTION_DURATION,
  IDLE_TIMEOUTS,
  SERVER_CLOSES,
} from "@sockscope/catalog";
import {
  atBound,
  compare,
  countOf,
  divide,
  type Expression,
  increase,
  not,
  rangeInWords,
  rate,
  subtract,
  sumBy,
} from "@sockscope/promql";
import {
  ALERT_WINDOWS,
  authenticationCodes,
  CONNECTIONS_GONE,
  connectionSurvivalSli,
  INTERNAL_ERROR_CODE,
  INTERNAL_ERROR_SHARE,
  lineOf,
  serverCutsIn,
  signedOutShare,
} from "@sockscope/slo";
import { CLOSE_REASON_LOOKS, closeCodeLooks, ENDED_BY_LOOKS } from "../looks/close-looks.ts";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import {
  AFFECTED_RANGE,
  AFFECTED_RANGE_IN_WORDS,
  APP,
  DAY_SHARE_MOMENTS,
  happening,
  MOST_RANGE_IN_WORDS,
  ofChosenApps,
  WIDE,
  WIDE_IN_WORDS,
  WINDOW,
  WORST_IN_WORDS,
  worstEnvironment,
  worstEnvironmentTraits,
  worstSincePoint,
} from "../windows.ts";

/** The panel that shows codes as they come. */
function closeCodesPanel(catalog: Catalog): PanelSpec {
  return graph(
    {
      id: 5,
      width: 12,
      height: 9,
      title: "Closes seen by browsers, by close code",
      description:
        "All but users who left. Green is harmless, yellow to orange reconnects, red shows the user an error, purple is authentication. It counts closes, not users: one tab that loops is a band of its own.",
      unit: "cps",
      queries: [
        {
          refId: "closes",
          expression: happening(sumBy(["code"], rate(CLOSES, { ...APP, ended_by: not("left") }, WINDOW))),
          legend: "{{code}}",
        },
      ],
      emptyWhere: "nothing closed",
      alerts: ["WsReconnectStorm"],
    },
    { draw: "stacked bars", looks: closeCodeLooks(catalog) },
  );
}

function affectedSessionsPanel(catalog: Catalog): PanelSpec {
  return graph(
    {
      id: 12,
      width: 12,
      height: 9,
      title: "Sessions affected, by close code",
      description: `Page loads that a close hit within ${AFFECTED_RANGE_IN_WORDS} which its user feels, each at most once per code in ${AFFECTED_AGAIN_MS / 60_000} minutes. ${WORST_IN_WORDS} Hold it against the number of browser sessions: that is the share of users.`,
      unit: "short",
      queries: [
        {
          refId: "affected",
          ...worstSincePoint(sumBy(["code"], increase(AFFECTED_SESSIONS, APP, AFFECTED_RANGE)), "above"),
          legend: "{{code}}",
        },
      ],
      emptyWhere: "collectors have been scraped for less than a minute",
      alerts: ["WsAuthCloseSpike"],
    },
    { looks: closeCodeLooks(catalog), legend: "largest first" },
  );
}

/** Fewer connections than this make no share that could name a setting: at night one visit would be all of them. */
const FEWEST_ENDED = 20;

function endedBetween(below: number, above: number): Expression<never> {
  const upTo = (bound: number): Expression<never> =>
    sumBy([], increase(atBound(CONNECTION_DURATION, bound), APP, WIDE.window));
  const ended = sumBy([], increase(countOf(CONNECTION_DURATION), APP, WIDE.window));
  return divide(subtract(upTo(above), upTo(below)), compare(ended, ">=", FEWEST_ENDED));
}

const IDLE_TIMEOUT_PANEL: PanelSpec = graph(
  {
    id: 14,
    width: 8,
    height: 8,
    title: "Connections that ended at a usual idle timeout",
    description: `The share of connections, of all that ended within ${WIDE_IN_WORDS}, whose duration lies within 5 s of a proxy's usual timeout. A line that stands out names the setting: nginx proxy_read_timeout and load balancers 60 s, others 300 s, 600 s or an hour.`,
    unit: "percentunit",
    queries: IDLE_TIMEOUTS.map(({ seconds, between: [below, above] }) => ({
      refId: `at_${seconds}`,
      expression: endedBetween(below, above),
      legend: `${seconds} s`,
      leastStepSeconds: WIDE.leastStepSeconds,
    })),
    emptyWhere: `fewer than ${FEWEST_ENDED} connections ended`,
    alerts: ["WsConnectionUptimeLow"],
  },
  { axisReaches: 1 },
);

const ENDED_BY_PANEL: PanelSpec = graph(
  {
    id: 13,
    width: 8,
    height: 8,
    title: "Ends seen by browsers, by who ended them",
    description:
      "`left`: the user went away. `page`: the application closed it. `peer`: the server or a proxy sent a close frame. `network`: no close frame came. Only the last two are anybody's fault.",
    unit: "cps",
    queries: [
      {
        refId: "ended_by",
        expression: happening(sumBy(["ended_by"], rate(CLOSES, APP, WINDOW))),
        legend: "{{ended_by}}",
      },
    ],
    emptyWhere: "nothing ended",
  },
  { draw: "stacked bars", looks: ENDED_BY_LOOKS },
);

const SERVER_REASONS_PANEL: PanelSpec = graph(
  {
    id: 6,
    width: 8,
    height: 8,
    title: "Closes at the server, by reason",
    description:
      "The server's own word for why. `lost` is a connection that vanished without a close frame: networks, proxies, crashes. `peer` is a user who leaves.",
    unit: "cps",
    queries: [
      {
        refId: "reasons",
        expression: happening(sumBy(["reason"], rate(SERVER_CLOSES, APP, WINDOW))),
        legend: "{{reason}}",
      },
    ],
    emptyWhere: "nothing closed",
    alerts: ["WsInternalErrorCloseSpike"],
  },
  { draw: "stacked bars", looks: CLOSE_REASON_LOOKS },
);

function cutsByInstancePanel(catalog: Catalog): PanelSpec {
  return graph({
    id: 28,
    width: 12,
    height: 8,
    title: "Connections that something cut, by server",
    description:
      "As the servers count them, without users who leave, planned restarts and what a client did wrong. One line far above the others is a bad instance; all of them together are the network or what stands before the servers.",
    unit: "cps",
    queries: [
      {
        refId: "cuts",
        expression: sumBy(["instance"], rate(SERVER_CLOSES, { ...APP, ...serverCutsIn(catalog) }, WINDOW)),
        legend: "{{instance}}",
      },
    ],
    alerts: ["WsConnectionUptimeLow", "WsInternalErrorCloseSpike"],
  });
}

/** Nothing where nothing happened to nobody, which else is NaN. */
function known<L extends string>(share: Expression<L>): Expression<L> {
  return compare(share, ">=", 0);
}

function signedOutPanel(catalog: Catalog): PanelSpec {
  const { share, fewestSessions } = catalog.thresholds.WsAuthCloseSpike;
  const { pages } = ALERT_WINDOWS.WsAuthCloseSpike;
  return graph(
    {
      id: 31,
      width: 12,
      height: 8,
      title: "Sessions signed out, against the alert",
      description: `The share of page loads that were closed with ${authenticationCodes(catalog).join(" or ")} within ${AFFECTED_RANGE_IN_WORDS}, of the most that were there at a time within ${rangeInWords(pages)}. ${WORST_IN_WORDS} Above the line, from ${fewestSessions} sessions on, somebody is woken up. Of several environments, the worst.`,
      unit: "percentunit",
      traits: ["of who is there", ...worstEnvironmentTraits(catalog)],
      queries: [
        {
          refId: "signed_out",
          ...worstSincePoint(
            worstEnvironment(catalog, ofChosenApps(known(signedOutShare(catalog))), "above"),
            "above",
          ),
          legend: "{{app}}",
        },
      ],
      emptyWhere: "no page has been there for long enough to be counted",
      alerts: ["WsAuthCloseSpike"],
    },
    { line: { at: share, badSide: "above" } },
  );
}

function internalErrorsPanel(catalog: Catalog): PanelSpec {
  const { share, fewestCloses } = catalog.thresholds.WsInternalErrorCloseSpike;
  const { closes, open } = ALERT_WINDOWS.WsInternalErrorCloseSpike;
  return graph(
    {
      id: 32,
      width: 12,
      height: 8,
      title: "Connections closed for internal errors, against the alert",
      description: `Connections that servers closed with ${INTERNAL_ERROR_CODE} within ${rangeInWords(closes)}, without those whose pings nobody answered, for each of the most that were open at a time within ${rangeInWords(open)}; of every app. ${WORST_IN_WORDS} Above the line, from ${fewestCloses} closes on, somebody is woken up. A client that loops counts every time. Of several environments, the worst.`,
      unit: "percentunit",
      traits: ["of who is there", "of every app", ...worstEnvironmentTraits(catalog)],
      queries: [
        {
          refId: "internal_errors",
          ...worstSincePoint(worstEnvironment(catalog, known(INTERNAL_ERROR_SHARE), "above"), "above"),
          legend: "{{job}}",
        },
      ],
      emptyWhere: "no server has had a connection",
      alerts: ["WsInternalErrorCloseSpike"],
    },
    { line: { at: share, badSide: "above" } },
  );
}

function gonePanel(catalog: Catalog): PanelSpec {
  const { lostShare, fewestConnections } = catalog.thresholds.WsMassDisconnect;
  return graph(
    {
      id: 33,
      width: 12,
      height: 8,
      title: "Connections gone, against the alert",
      description: `The share of the most open connections of ${MOST_RANGE_IN_WORDS} that is open no more; of every app. ${WORST_IN_WORDS} Above the line, from ${fewestConnections} connections on, somebody is woken up, unless browsers say that they were not cut. A restart without a drain is seen here, and the end of an event. Of several environments, the worst.`,
      unit: "percentunit",
      traits: ["of who is there", "of every app", "of the extreme part"],
      queries: [
        {
          refId: "gone",
          ...worstSincePoint(worstEnvironment(catalog, CONNECTIONS_GONE, "above"), "above"),
          legend: "{{job}}",
        },
      ],
      emptyWhere: "no server has had a connection",
      alerts: ["WsMassDisconnect"],
    },
    { line: { at: lostShare, badSide: "above" } },
  );
}

function survivalPanel(catalog: Catalog): PanelSpec {
  const { connection_survival: target, connection_uptime_p95 } = catalog.targets;
  const { fewestCuts } = catalog.thresholds.WsConnectionUptimeLow;
  return graph(
    {
      id: 30,
      width: 12,
      height: 8,
      title: "Connections that nothing would cut, by job",
      description: `The share of connections that would last for ${boundText(connection_uptime_p95.objective)}, if servers went on cutting as they did within ${rangeInWords(target.per)}: the target's own number, of every app and of pages that do not report as well. Below the line, from ${fewestCuts} cuts on, is a ticket. One user who is cut again and again counts every time. Of several environments, the worst.`,
      unit: "percentunit",
      traits: ["of every app", ...worstEnvironmentTraits(catalog)],
      queries: [
        {
          refId: "survival",
          expression: worstEnvironment(catalog, known(connectionSurvivalSli(catalog).value), "below"),
          legend: "{{job}}",
        },
      ],
      moments: DAY_SHARE_MOMENTS,
      emptyWhere: "no server has had a connection",
      alerts: ["WsConnectionUptimeLow"],
    },
    { line: lineOf(target), axisReaches: 1 },
  );
}

/** How connections end. */
export function ends(catalog: Catalog): readonly PanelSpec[] {
  return [
    closeCodesPanel(catalog),
    affectedSessionsPanel(catalog),
    ENDED_BY_PANEL,
    SERVER_REASONS_PANEL,
    IDLE_TIMEOUT_PANEL,
    signedOutPanel(catalog),
    internalErrorsPanel(catalog),
  ];
}

/** Which server it is. */
export function endsByServer(catalog: Catalog): readonly PanelSpec[] {
  return [cutsByInstancePanel(catalog), gonePanel(catalog), survivalPanel(catalog)];
}
