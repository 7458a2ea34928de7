import { type Catalog, CLOSES, COLLECTOR_SESSIONS_ENDED, type Period } from "@sockscope/catalog";
import { compare, divide, type Expression, increase, maxOverTime, sumBy, unlessOn } from "@sockscope/promql";
import { ALERT_WINDOWS } from "./alert-windows.ts";
import { recorded } from "./recording-rule.ts";
import { SESSIONS_ACTIVE_SUM } from "./recording-rules.ts";
import { CUT_CLOSES } from "./what-counts.ts";

/**
 * Has a result where browsers are there and were not cut: then servers whose connections are gone are servers that are not scraped,
 * or an event that ended. Browsers that nothing is heard of any more have not said that they are well: what cuts them from the
 * chat may have cut them from the collector.
 */
export function browsersVeto(
  { thresholds }: Catalog,
  within: Period = ALERT_WINDOWS.WsMassDisconnect.veto,
): Expression<never> {
  const { vetoShare, lostShare } = thresholds.WsMassDisconnect;
  const mostPages = sumBy([], maxOverTime(recorded(SESSIONS_ACTIVE_SUM), within));
  const perPage = (events: Expression<never>): Expression<never> => divide(events, mostPages);
  const cutsPerPage = perPage(sumBy([], increase(CLOSES, CUT_CLOSES, within)));
  const vanishedPerPage = perPage(sumBy([], increase(COLLECTOR_SESSIONS_ENDED, { how: "vanished" }, within)));
  return unlessOn([], compare(cutsPerPage, "<", vetoShare), compare(vanishedPerPage, ">=", lostShare));
}
