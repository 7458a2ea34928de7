import {
  type Catalog,
  CLOSES,
  COLLECTOR_SESSIONS_ENDED,
  SERVER_CONNECTIONS_ACTIVE,
  SESSIONS_ACTIVE,
} from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import type { AlertCases, SilentCase } from "../alert-case.ts";
import { percentage } from "../human-numbers.ts";
import { above, constantly, enough, justBelow, tooFew } from "../made-up.ts";

/** Every page is cut once, or none. */
function asBrowsersSeeIt(cuts: number): SilentCase["series"] {
  const labels = { app: "chat", code: "1006", phase: "opened", ended_by: "network" };
  return {
    [selector(CLOSES.name, labels)]: `0x10 ${cuts}x10`,
    [selector(SESSIONS_ACTIVE.name, { app: "chat" })]: constantly(100, 20),
  };
}

/** No page says anything any more, and so many of a hundred are missed two minutes later. */
function unheard(vanished: number): SilentCase["series"] {
  return {
    ...asBrowsersSeeIt(0),
    [selector(COLLECTOR_SESSIONS_ENDED.name, { app: "chat", how: "vanished" })]: `0x12 ${vanished}x8`,
  };
}

/** What a server that loses its connections looks like, and what only looks like it. */
export function wsMassDisconnectCases(catalog: Catalog): AlertCases {
  const { lostShare, fewestConnections } = catalog.thresholds.WsMassDisconnect;
  const job = catalog.jobs.servers;
  const lost = (share: number, most: number): SilentCase["series"] => ({
    [selector(SERVER_CONNECTIONS_ACTIVE.name, {
      app: "chat",
      job,
      route: "/ws",
    })]: `${most}x10 ${Number((most * (1 - share)).toPrecision(12))}x10`,
  });
  const many = enough(fewestConnections);
  const firing = [
    {
      labels: { severity: "page", job },
      description: `${percentage(above(lostShare))} of the connections to ${job} are gone, of the most that were open at a time within the last 10 minutes.`,
    },
  ];
  return {
    fires: [
      {
        title: "fires when many connections are gone and browsers saw them cut",
        series: { ...lost(above(lostShare), many), ...asBrowsersSeeIt(100) },
        at: "13m",
        firing,
      },
      {
        title: "fires when nobody knows what browsers saw, as with a dead collector",
        series: lost(above(lostShare), many),
        at: "13m",
        firing,
      },
      {
        title: "fires when browsers say nothing any more, cut from the collector as well",
        series: { ...lost(above(lostShare), many), ...unheard(100 * above(lostShare)) },
        at: "15m",
        firing,
      },
    ],
    staysSilent: [
      {
        title: "stays silent when it is just not the share",
        series: lost(justBelow(lostShare), many),
        at: "13m",
      },
      {
        title: "stays silent when there were few connections",
        series: lost(above(lostShare), tooFew(fewestConnections)),
        at: "13m",
      },
      {
        title: "stays silent when browsers saw nothing, as when a scrape fails",
        series: { ...lost(above(lostShare), many), ...asBrowsersSeeIt(0) },
        at: "13m",
      },
      {
        title: "stays silent when browsers saw nothing, and a few vanished",
        series: { ...lost(above(lostShare), many), ...unheard(100 * justBelow(lostShare)) },
        at: "15m",
      },
    ],
  };
}
