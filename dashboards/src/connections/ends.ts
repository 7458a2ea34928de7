import {
  AFFECTED_AGAIN_MS,
  AFFECTED_SESSIONS,
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
  rate,
  subtract,
  sumBy,
} from "@sockscope/promql";
import { serverCutsIn } from "@sockscope/slo";
import { CLOSE_REASON_LOOKS, closeCodeLooks, ENDED_BY_LOOKS } from "../looks/close-looks.ts";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import {
  AFFECTED_RANGE,
  AFFECTED_RANGE_IN_WORDS,
  APP,
  happening,
  WIDE,
  WIDE_IN_WORDS,
  WINDOW,
  WORST_IN_WORDS,
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

/** The id of the panel that alerts on users link to. */
export const AFFECTED_SESSIONS_PANEL_ID = 12;

function affectedSessionsPanel(catalog: Catalog): PanelSpec {
  return graph(
    {
      id: AFFECTED_SESSIONS_PANEL_ID,
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

/** How connections end. */
export function ends(catalog: Catalog): readonly PanelSpec[] {
  return [
    closeCodesPanel(catalog),
    affectedSessionsPanel(catalog),
    ENDED_BY_PANEL,
    SERVER_REASONS_PANEL,
    IDLE_TIMEOUT_PANEL,
  ];
}

/** Which server it is. */
export function endsByServer(catalog: Catalog): readonly PanelSpec[] {
  return [cutsByInstancePanel(catalog)];
}
