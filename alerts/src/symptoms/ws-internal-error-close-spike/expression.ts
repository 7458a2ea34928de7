import { type Catalog, SERVER_CLOSES } from "@sockscope/catalog";
import { and, compare, divide, increase, maxOverTime, not, sumBy } from "@sockscope/promql";
import { CONNECTIONS_ACTIVE_SUM, INTERNAL_ERROR_CODE, recorded } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

// Frameworks also close with this code when nobody answers their pings, which is the network's doing.
const closes = sumBy(
  ["job"],
  increase(SERVER_CLOSES, { code: INTERNAL_ERROR_CODE, reason: not("heartbeat_timeout") }, "5m"),
);

/** When WsInternalErrorCloseSpike fires. */
export function wsInternalErrorCloseSpikeRules(catalog: Catalog): readonly AlertRule[] {
  const { share, fewestCloses } = catalog.thresholds.WsInternalErrorCloseSpike;
  return [
    {
      name: "WsInternalErrorCloseSpike",
      summary: "The chat server fails and takes connections with it.",
      severity: "page",
      expression: and(
        // The most that were open: the spike itself empties the denominator.
        compare(divide(closes, maxOverTime(recorded(CONNECTIONS_ACTIVE_SUM), "10m")), ">", share),
        compare(closes, ">=", fewestCloses),
      ),
      holds: "2m",
      keepFiringFor: "10m",
    },
  ];
}
