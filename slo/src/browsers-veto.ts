import { type Catalog, CLOSES } from "@sockscope/catalog";
import { compare, divide, type Expression, increase, maxOverTime, sumBy } from "@sockscope/promql";
import { ALERT_WINDOWS } from "./alert-windows.ts";
import { recorded } from "./recording-rule.ts";
import { SESSIONS_ACTIVE_SUM } from "./recording-rules.ts";
import { CUT_CLOSES } from "./what-counts.ts";

const { veto } = ALERT_WINDOWS.WsMassDisconnect;

const cutsPerPage = divide(
  sumBy([], increase(CLOSES, CUT_CLOSES, veto)),
  sumBy([], maxOverTime(recorded(SESSIONS_ACTIVE_SUM), veto)),
);

/**
 * Has a result where browsers are there and were not cut: then servers whose connections are gone are servers that are not scraped,
 * or an event that ended.
 */
export function browsersVeto({ thresholds }: Catalog): Expression<never> {
  return compare(cutsPerPage, "<", thresholds.WsMassDisconnect.vetoShare);
}
