import {
  ADVICE_CODE,
  boundText,
  type Catalog,
  CONNECT_ATTEMPTS,
  PAGE_RELOADS,
  RECONNECT_DELAY,
  SERVER_RECONNECT_ADVICE,
  SERVER_REHYDRATION_DURATION,
  SERVER_REHYDRATIONS,
  TOKEN_REFRESHES,
} from "@sockscope/catalog";
import { compare, rangeInWords, rate, subtract, sumBy } from "@sockscope/promql";
import {
  ALERT_WINDOWS,
  errorBudget,
  heapsInBounds,
  lineOf,
  manualRefreshesSli,
  REHYDRATION_DURATION_RATE_5M,
} from "@sockscope/slo";
import { closeCodeLooks } from "../looks/close-looks.ts";
import {
  REHYDRATION_LOOKS,
  RELOAD_LOOKS,
  TOKEN_REFRESH_LOOKS,
  TRIGGER_LOOKS,
} from "../looks/reconnect-looks.ts";
import type { SeriesLook } from "../looks/series-look.ts";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { interpolatedInWords, quantiles, recordedQuantiles } from "../quantiles.ts";
import {
  APP,
  DAY_SHARE_MOMENTS,
  happening,
  ofChosenApps,
  orSincePoint,
  recordedSincePoint,
  WIDE_IN_WORDS,
  WINDOW,
  worstEnvironment,
  worstEnvironmentTraits,
} from "../windows.ts";

const TRIGGERS_PANEL: PanelSpec = graph(
  {
    id: 14,
    width: 8,
    height: 8,
    title: "Connect attempts, by trigger",
    description:
      "Why clients tried, whatever came of it, as browsers count attempts when they are decided. Orange is a client that tries again after trouble, yellow one that a server sent away with a time to return, blue one whose network or user is back. Orange that stays high is clients that do not get in; it is attempts and not users.",
    unit: "cps",
    queries: [
      {
        refId: "attempts",
        expression: happening(sumBy(["trigger"], rate(CONNECT_ATTEMPTS, APP, WINDOW))),
        legend: "{{trigger}}",
      },
    ],
    emptyWhere: "nobody tried to connect",
    alerts: ["WsReconnectStorm", "WsConnectErrorBudgetBurn"],
  },
  { draw: "stacked bars", looks: TRIGGER_LOOKS },
);

const DELAY_PANEL: PanelSpec = graph({
  id: 15,
  width: 8,
  height: 8,
  title: "Delay before a reconnect attempt",
  description: `What clients waited before an attempt, jitter included, of the attempts within ${WIDE_IN_WORDS} on pages that are seen, as browsers measure it. Lines that lie upon one another are clients that do not spread out: all of them come at once. It is one delay, not the time without a connection. ${interpolatedInWords(RECONNECT_DELAY)}`,
  unit: "s",
  queries: quantiles(RECONNECT_DELAY, APP),
  emptyWhere: "nobody waited to reconnect",
  alerts: ["WsReconnectStorm"],
});

/** Of the codes that an advice may go with. */
function adviceLooks(catalog: Catalog): SeriesLook[] {
  const codes: readonly string[] = ADVICE_CODE;
  return closeCodeLooks(catalog).filter(({ legend }) => codes.includes(legend));
}

function advicePanel(catalog: Catalog): PanelSpec {
  return graph(
    {
      id: 16,
      width: 8,
      height: 8,
      title: "Clients that servers sent away with advice",
      description:
        "Told when to come back, as the servers count them, by the code that followed: 1012 is a planned restart, 1013 a server with too many. A wave of 1012 is a deploy. They are no reconnects: a client may not listen.",
      unit: "cps",
      queries: [
        {
          refId: "advice",
          expression: happening(sumBy(["code"], rate(SERVER_RECONNECT_ADVICE, APP, WINDOW))),
          legend: "{{code}}",
        },
      ],
      emptyWhere: "no server sent anybody away",
      alerts: ["WsReconnectStorm"],
    },
    { draw: "stacked bars", looks: adviceLooks(catalog) },
  );
}

const REFRESHES_PANEL: PanelSpec = graph(
  {
    id: 17,
    width: 8,
    height: 8,
    title: "Token refreshes, by outcome",
    description:
      "Calls of the application's own refresh before a client tries again, as browsers count them. `failed` next to a rise of 4401: it is the refresh that is broken. `cancelled` is a page that gave the attempt up, and no fault.",
    unit: "cps",
    queries: [
      {
        refId: "refreshes",
        expression: happening(sumBy(["outcome"], rate(TOKEN_REFRESHES, APP, WINDOW))),
        legend: "{{outcome}}",
      },
    ],
    emptyWhere: "no token was refreshed, or the application does not refresh through the SDK",
    alerts: ["WsAuthCloseSpike"],
  },
  { draw: "stacked bars", looks: TOKEN_REFRESH_LOOKS },
);

const RELOADS_PANEL: PanelSpec = graph(
  {
    id: 18,
    width: 8,
    height: 8,
    title: "Page reloads, by what the socket was like",
    description:
      "As browsers count them. Orange and red are users who helped themselves because their chat did not come back. After `rejected` the page itself asks for a reload, and `healthy` is everybody's habit; a script that reloads counts like a user.",
    unit: "cps",
    queries: [
      {
        refId: "reloads",
        expression: happening(sumBy(["socket"], rate(PAGE_RELOADS, APP, WINDOW))),
        legend: "{{socket}}",
      },
    ],
    emptyWhere: "nobody reloaded a page",
    alerts: ["WsManualReloads"],
  },
  { draw: "stacked bars", looks: RELOAD_LOOKS },
);

function reloadsOfDayPanel(catalog: Catalog): PanelSpec {
  const target = catalog.targets.manual_refreshes;
  return graph(
    {
      id: 23,
      width: 8,
      height: 8,
      title: "Reloads over an unhealthy socket, over a day",
      description: `How often within ${rangeInWords(target.per)} a user pressed reload because the socket gave reason to, as browsers count it: the target's own number. Above the line is a ticket. A step is when it happened; a day later it goes. Of several environments, the worst.`,
      unit: "short",
      traits: worstEnvironmentTraits(catalog),
      queries: [
        {
          refId: "reloads",
          expression: worstEnvironment(
            catalog,
            ofChosenApps(recordedSincePoint(manualRefreshesSli(catalog), "above")),
            "above",
          ),
          legend: "{{app}}",
        },
      ],
      emptyWhere: "no collector is scraped",
      alerts: ["WsManualReloads"],
    },
    { line: lineOf(target) },
  );
}

function memoryPanel(catalog: Catalog): PanelSpec {
  const target = catalog.targets.client_memory;
  const { sessions } = ALERT_WINDOWS.WsClientMemoryGrowth;
  const { fewestSessions } = catalog.thresholds.WsClientMemoryGrowth;
  return graph(
    {
      id: 24,
      width: 8,
      height: 8,
      title: "Pages that grew, of those that were open for long",
      description: `Of the pages that had been open for 8 hours within ${rangeInWords(sessions)}, those whose heap grew by more than ${boundText(target.objective)}; only of browsers that measure it. Above the line, from ${fewestSessions} pages on, is a ticket: a leak, which a release begins and ends. Of several environments, the worst.`,
      unit: "percentunit",
      traits: worstEnvironmentTraits(catalog),
      queries: [
        {
          refId: "grew",
          expression: worstEnvironment(
            catalog,
            ofChosenApps(subtract(1, compare(heapsInBounds(catalog, sessions), ">=", 0))),
            "above",
          ),
          legend: "{{app}}",
        },
      ],
      moments: DAY_SHARE_MOMENTS,
      emptyWhere: "no page has been open for long enough, or no browser measures its heap",
      alerts: ["WsClientMemoryGrowth"],
    },
    { line: { at: errorBudget(target), badSide: "above" } },
  );
}

const REHYDRATION_PANELS: readonly PanelSpec[] = [
  graph(
    {
      id: 19,
      width: 8,
      height: 8,
      title: "Rehydrations, by outcome",
      description:
        "The first of each connection, as the servers count them. `forbidden` is the 403 that a reconnect must never meet; `failed` leaves a user connected to an empty chat. Fewer than connections are opened is clients that never say hello.",
      unit: "cps",
      queries: [
        {
          refId: "rehydrations",
          expression: happening(sumBy(["outcome"], rate(SERVER_REHYDRATIONS, APP, WINDOW))),
          legend: "{{outcome}}",
        },
      ],
      emptyWhere: "no client said hello",
      alerts: ["WsHandshakeForbidden"],
    },
    { draw: "stacked bars", looks: REHYDRATION_LOOKS },
  ),
  graph({
    id: 21,
    width: 8,
    height: 8,
    title: "Time until a rehydration is sent",
    description: `From the first hello of a connection to the sending of its rehydration, of those within ${orSincePoint(REHYDRATION_DURATION_RATE_5M.range)}, as the servers measure it: what a user waits for after the connection is back. A rise with a wave of reconnects is a store that the herd overloads. It is not the time to connect. ${interpolatedInWords(SERVER_REHYDRATION_DURATION)}`,
    unit: "s",
    queries: recordedQuantiles(REHYDRATION_DURATION_RATE_5M),
    emptyWhere: "no client said hello",
    alerts: ["WsReconnectStorm"],
  }),
];

/** What clients do about it. */
export function clients(catalog: Catalog): readonly PanelSpec[] {
  return [
    TRIGGERS_PANEL,
    DELAY_PANEL,
    advicePanel(catalog),
    REFRESHES_PANEL,
    RELOADS_PANEL,
    reloadsOfDayPanel(catalog),
    ...REHYDRATION_PANELS,
    memoryPanel(catalog),
  ];
}
