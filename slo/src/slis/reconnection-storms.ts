import { type Catalog, CLOSES, type Period } from "@sockscope/catalog";
import { avgOverTime, type Expression, increase, ratio, sumBy } from "@sockscope/promql";
import { recorded } from "../recording-rule.ts";
import { SESSIONS_ACTIVE_SUM } from "../recording-rules.ts";
import { type Sli, sli } from "../sli.ts";
import { retryableClosesIn } from "../what-counts.ts";

/** Unplanned cuts after which browsers reconnect. */
export function retryableCloses(catalog: Catalog, range: Period): Expression<"app"> {
  return sumBy(["app"], increase(CLOSES, retryableClosesIn(catalog), range));
}

/** Unplanned cuts for each page that was there. */
export function reconnectionStormsSli(catalog: Catalog): Sli<"app"> {
  const target = catalog.targets.reconnection_storms;
  const { per } = target;
  const perPage = ratio(retryableCloses(catalog, per), avgOverTime(recorded(SESSIONS_ACTIVE_SUM), per));
  return sli(target, perPage);
}
