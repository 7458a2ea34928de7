import { type Catalog, CLOSES, COLLECTOR_SESSIONS_ENDED } from "@sockscope/catalog";
import { compare, divide, type Expression, increase, maxOverTime, sumBy, unlessOn } from "@sockscope/promql";
import { ALERT_WINDOWS } from "./alert-windows.ts";
import { recorded } from "./recording-rule.ts";
import { SESSIONS_ACTIVE_SUM } from "./recording-rules.ts";
import { CUT_CLOSES } from "./what-counts.ts";

const { veto } = ALERT_WINDOWS.WsMassDisconnect;

const mostPages = sumBy([], maxOverTime(recorded(SESSIONS_ACTIVE_SUM), veto));
const cutsPerPage = divide(sumBy([], increase(CLOSES, CUT_CLOSES, veto)), mostPages);
const vanishedPerPage = divide(
  sumBy([], increase(COLLECTOR_SESSIONS_ENDED, { how: "vanished" }, veto)),
  mostPages,
);

/**
 * Has a result where browsers are there and were not cut: then servers whose connections are gone are servers that are not scraped,
 * or an event that ended. Browsers that nothing is heard of any more have not said that they are well: what cuts them from the
 * chat may have cut them from the collector.
 */
export function browsersVeto({ thresholds }: Catalog): Expression<never> {
  const { vetoShare, lostShare } = thresholds.WsMassDisconnect;
  return unlessOn([], compare(cutsPerPage, "<", vetoShare), compare(vanishedPerPage, ">=", lostShare));
}
