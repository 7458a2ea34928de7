import { type Catalog, SERVER_CONNECTION_DURATION, type ShareAtBound, type Target } from "@sockscope/catalog";
import { shareAtBound } from "../share-at-bound.ts";
import { type Sli, sli } from "../sli.ts";

function connectionUptime(target: Target<ShareAtBound>): Sli<"job"> {
  const { bound } = target.objective;
  return sli(target, shareAtBound(["job"], SERVER_CONNECTION_DURATION, bound, {}, target.per));
}

/** The share of visits that were shorter than the median that is promised. */
export function connectionUptimeP50Sli({ targets }: Catalog): Sli<"job"> {
  return connectionUptime(targets.connection_uptime_p50);
}

/** The share of visits that were shorter than the p95 that is promised. */
export function connectionUptimeP95Sli({ targets }: Catalog): Sli<"job"> {
  return connectionUptime(targets.connection_uptime_p95);
}
