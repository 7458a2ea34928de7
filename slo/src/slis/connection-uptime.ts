import {
  CONNECTION_UPTIME_P50_TARGET,
  CONNECTION_UPTIME_P95_TARGET,
  SERVER_CONNECTION_DURATION,
  type ShareAtBound,
  type Target,
} from "@sockscope/catalog";
import { shareAtBound } from "../share-at-bound.ts";
import { type Sli, sli } from "../sli.ts";

function connectionUptime(target: Target<ShareAtBound>): Sli<"job"> {
  const { bound } = target.objective;
  return sli(target, shareAtBound(["job"], SERVER_CONNECTION_DURATION, bound, {}, target.per));
}

/** The share of visits that were shorter than the median that is promised. */
export const CONNECTION_UPTIME_P50_SLI: Sli<"job"> = connectionUptime(CONNECTION_UPTIME_P50_TARGET);

/** The share of visits that were shorter than the p95 that is promised. */
export const CONNECTION_UPTIME_P95_SLI: Sli<"job"> = connectionUptime(CONNECTION_UPTIME_P95_TARGET);
