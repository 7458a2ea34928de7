import { type Catalog, SERVER_CONNECTION_DURATION, type ShareAtBound, type Target } from "@sockscope/catalog";
import type { RecordingRule } from "../recording-rule.ts";
import { shareAtBound } from "../share-at-bound.ts";
import { type Sli, sli } from "../sli.ts";

function connectionUptime(
  target: Target<ShareAtBound>,
  rule: Pick<RecordingRule<"job">, "record" | "meaning">,
): Sli<"job"> {
  const { bound } = target.objective;
  return sli(target, shareAtBound(["job"], SERVER_CONNECTION_DURATION, bound, {}, target.per), rule);
}

/** The share of visits that were shorter than the median that is promised. */
export function connectionUptimeP50Sli({ targets }: Catalog): Sli<"job"> {
  return connectionUptime(targets.connection_uptime_p50, {
    record: "job:ws_connections_shorter_than_p50:ratio_increase1d",
    meaning:
      "The share of the day's visits that were shorter than the median that is promised. They count when they end.",
  });
}

/** The share of visits that were shorter than the p95 that is promised. */
export function connectionUptimeP95Sli({ targets }: Catalog): Sli<"job"> {
  return connectionUptime(targets.connection_uptime_p95, {
    record: "job:ws_connections_shorter_than_p95:ratio_increase1d",
    meaning:
      "The share of the day's visits that were shorter than the p95 that is promised. They count when they end.",
  });
}
