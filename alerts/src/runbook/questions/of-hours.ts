import { type Catalog, CONNECT_ATTEMPTS, type Period, TOKEN_REFRESHES } from "@sockscope/catalog";
import { avgOverTime, increase, not, rangeInWords, rangeSeconds, sumBy } from "@sockscope/promql";
import { recorded, retryableCloses, SESSIONS_ACTIVE_SUM } from "@sockscope/slo";
import type { Question } from "../question.ts";
import { NO_CUT, shareByMany } from "./of-cuts.ts";
import type { Told } from "./of-servers.ts";
import { shareOf, TOO_FEW } from "./share-of.ts";

/* Questions of tickets, which are read hours after what they tell of: they look back for hours as well. */

/** Cuts for each page, against as many as the target allows in that time. */
export function cutsLately(catalog: Catalog, range: Period, told: Told): Question {
  const { objective, per } = catalog.targets.reconnection_storms;
  return {
    id: "cuts-lately",
    asks: `How many cuts were there for each page, within the last ${rangeInWords(range)}?`,
    unit: "count",
    healthy: { most: (objective.share * rangeSeconds(range)) / rangeSeconds(per) },
    query: shareByMany(retryableCloses(catalog, range), avgOverTime(recorded(SESSIONS_ACTIVE_SUM), range)),
    withoutSeries: NO_CUT,
    ...told,
  };
}

/** Which share of all attempts came to nothing before a connection was there. */
export function failedLately(range: Period, told: Told): Question {
  return {
    id: "failed-lately",
    asks: `Which share of the attempts to connect never opened, within the last ${rangeInWords(range)}?`,
    unit: "share",
    healthy: { most: 0.05 },
    query: shareOf(
      sumBy(["app"], increase(CONNECT_ATTEMPTS, { outcome: ["failed", "timed_out"] }, range)),
      sumBy(["app"], increase(CONNECT_ATTEMPTS, { outcome: not("aborted") }, range)),
    ),
    withoutSeries: { verdict: "healthy", means: `No page tried. ${TOO_FEW}` },
    ...told,
  };
}

/** Which share of the attempts to renew a session's token failed. */
export function failedRefreshesLately(range: Period, told: Told): Question {
  return {
    id: "failed-refreshes-lately",
    asks: `Which share of the attempts to renew a token failed, within the last ${rangeInWords(range)}?`,
    unit: "share",
    healthy: { most: 0.1 },
    query: shareOf(
      sumBy(["app"], increase(TOKEN_REFRESHES, { outcome: "failed" }, range)),
      sumBy(["app"], increase(TOKEN_REFRESHES, { outcome: ["succeeded", "failed"] }, range)),
    ),
    withoutSeries: {
      verdict: "healthy",
      means: `No page renewed its token: this client does not, or had no reason to. ${TOO_FEW}`,
    },
    ...told,
  };
}
