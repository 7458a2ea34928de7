import { type Catalog, CLOSES, SESSIONS_ACTIVE } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import type { AlertCases, SilentCase } from "../alert-case.ts";
import { percentage } from "../human-numbers.ts";
import {
  above,
  constantly,
  enough,
  justBelow,
  once,
  type Part,
  partOf,
  steadily,
  tooFew,
} from "../made-up.ts";

const CUTS = selector(CLOSES.name, { app: "chat", code: "1006", phase: "opened", ended_by: "network" });
const RESTARTS = selector(CLOSES.name, { app: "chat", code: "1012", phase: "opened", ended_by: "peer" });

function pages(count: number, minutes: number): SilentCase["series"] {
  return { [selector(SESSIONS_ACTIVE.name, { app: "chat" })]: constantly(count, minutes) };
}

/** So many cuts within five minutes, and on. */
function goingOn({ part, whole }: Part, series = CUTS): SilentCase["series"] {
  return { [series]: steadily(part, { within: 5, minutes: 15 }), ...pages(whole, 20) };
}

/** So many cuts at once, which an hour still sees and five minutes no longer. */
function past({ part, whole }: Part): SilentCase["series"] {
  return { [CUTS]: once(part, 20), ...pages(whole, 20) };
}

/** What a storm looks like, and what only looks like one. */
export function wsReconnectStormCases(catalog: Catalog): AlertCases {
  const { fewestCutsPage, fewestCutsTicket } = catalog.thresholds.WsReconnectStorm;
  const { share } = catalog.targets.reconnection_storms.objective;
  const storm = above(share);
  return {
    fires: [
      {
        title: "fires for whoever is woken up when an hour's allowance is cut within five minutes",
        series: goingOn(partOf(storm, enough(fewestCutsPage))),
        at: "12m",
        firing: [
          {
            labels: { severity: "page", app: "chat" },
            description: `Within the last 5 minutes, there were ${percentage(storm)} as many cuts of connections of chat as pages, and every browser comes back.`,
          },
        ],
      },
      {
        title: "fires for the morning when more is cut within an hour than may be",
        series: past(partOf(storm, enough(fewestCutsTicket))),
        at: "20m",
        firing: [
          {
            labels: { severity: "ticket", app: "chat" },
            description: `Within the last hour, there were ${percentage(storm)} as many cuts of connections of chat as pages; ${percentage(share)} are allowed.`,
          },
        ],
      },
    ],
    staysSilent: [
      {
        title: "stays silent when no more is cut within five minutes than within an hour may be",
        series: goingOn(partOf(justBelow(share), enough(fewestCutsPage))),
        at: "12m",
      },
      {
        title: "stays silent when just not too much is cut within an hour",
        series: past(partOf(justBelow(share), enough(fewestCutsTicket))),
        at: "20m",
      },
      {
        title: "stays silent when few are cut, of few",
        series: past(partOf(storm, tooFew(fewestCutsTicket))),
        at: "20m",
      },
      {
        title: "stays silent when a restart was planned",
        series: goingOn(partOf(storm, enough(fewestCutsPage)), RESTARTS),
        at: "12m",
      },
    ],
  };
}
