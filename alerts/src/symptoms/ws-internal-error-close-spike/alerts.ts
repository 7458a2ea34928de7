import { type Catalog, type CloseReason, type Period, SERVER_CLOSES } from "@sockscope/catalog";
import {
  and,
  compare,
  divide,
  type Expression,
  increase,
  maxOverTime,
  not,
  rangeInWords,
  sumBy,
} from "@sockscope/promql";
import { CONNECTIONS_ACTIVE_SUM, INTERNAL_ERROR_CODE, recorded } from "@sockscope/slo";
import { type AlertRule, JOB, SHARE } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

/** In which the closes are counted. */
const SPIKE_RANGE: Period = "5m";

/** In which the connections are looked for that the share is of. */
const OPEN_RANGE: Period = "10m";

/** Connections that servers closed for errors of their own. */
export function internalErrorCloses<K extends "app" | "job" | "instance">(
  by: readonly K[],
  range: Period,
): Expression<K> {
  // Frameworks also close with this code when nobody answers their pings, which is the network's doing.
  const where = { code: INTERNAL_ERROR_CODE, reason: not<CloseReason>("heartbeat_timeout") };
  return sumBy(by, increase(SERVER_CLOSES, where, range));
}

const closes = internalErrorCloses(["job"], SPIKE_RANGE);

/** As a share of the most that were open: the spike itself empties the denominator. */
export const INTERNAL_ERROR_SHARE: Expression<"job"> = divide(
  closes,
  maxOverTime(recorded(CONNECTIONS_ACTIVE_SUM), OPEN_RANGE),
);

/** When WsInternalErrorCloseSpike fires, and what it says. */
export function wsInternalErrorCloseSpikeRules(catalog: Catalog): readonly AlertRule[] {
  const { share, fewestCloses } = catalog.thresholds.WsInternalErrorCloseSpike;
  return [
    {
      severity: "page",
      expression: and(compare(INTERNAL_ERROR_SHARE, ">", share), compare(closes, ">=", fewestCloses)),
      holds: "2m",
      keepFiringFor: "10m",
      description: `Within the last ${rangeInWords(SPIKE_RANGE)}, chat servers of ${JOB} closed connections for errors of their own (close code ${INTERNAL_ERROR_CODE}): ${SHARE} of the most that were open at a time within ${rangeInWords(OPEN_RANGE)}.`,
      panel: panelOf(catalog, "Closes at the server, by reason"),
    },
  ];
}
