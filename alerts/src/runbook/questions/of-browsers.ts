import { type Catalog, type Period, TIME, TOKEN_REFRESHES } from "@sockscope/catalog";
import { increase, rangeInWords, sumBy } from "@sockscope/promql";
import { recorded, SESSIONS_ACTIVE_SUM, WANTED_TIME } from "@sockscope/slo";
import type { Question } from "../question.ts";
import type { Told } from "./of-servers.ts";
import { shareOf, TOO_FEW } from "./share-of.ts";

/* Questions about pages that several runbooks ask. */

const RECENT: Period = "10m";

/** What it means that browsers say nothing: nobody is there, or nobody hears them. */
export const NO_PAGE = {
  verdict: "unknown",
  means: "No page is heard of: nobody is there, or the collectors are gone (WsCollectorDown).",
} as const;

/** Which share of the time in which pages wanted a connection they had one. */
export function connectedTime(catalog: Catalog, told: Told): Question {
  return {
    id: "connected-time",
    asks: `Which share of the time in which pages wanted a connection did they have one, over the last ${rangeInWords(RECENT)}?`,
    unit: "share",
    healthy: { least: Math.min(0.99, catalog.targets.connected_time.objective.share) },
    query: shareOf(
      sumBy(["app"], increase(TIME, { state: "connected" }, RECENT)),
      sumBy(["app"], increase(TIME, WANTED_TIME, RECENT)),
    ),
    withoutSeries: NO_PAGE,
    ...told,
  };
}

/** How many pages are there. */
export function pagesThere(told: Told): Question {
  return {
    id: "pages-there",
    asks: "How many pages are there now?",
    unit: "count",
    healthy: { least: 1 },
    query: recorded(SESSIONS_ACTIVE_SUM),
    withoutSeries: { verdict: "unhealthy", means: "No collector is scraped: go to WsCollectorDown." },
    ...told,
  };
}

/** Which share of the attempts to renew a session's token failed. */
export function failedRefreshes(told: Told): Question {
  return {
    id: "failed-refreshes",
    asks: `Which share of the attempts to renew a token failed, within the last ${rangeInWords(RECENT)}?`,
    unit: "share",
    healthy: { most: 0.1 },
    query: shareOf(
      sumBy(["app"], increase(TOKEN_REFRESHES, { outcome: "failed" }, RECENT)),
      sumBy(["app"], increase(TOKEN_REFRESHES, { outcome: ["succeeded", "failed"] }, RECENT)),
    ),
    withoutSeries: {
      verdict: "healthy",
      means: `No page renewed its token: this client does not, or had no reason to. ${TOO_FEW}`,
    },
    ...told,
  };
}
