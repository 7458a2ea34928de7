import { type CloseReason, type Period, SERVER_CLOSES } from "@sockscope/catalog";
import { clampMax, divide, type Expression, increase, maxOverTime, not, sumBy } from "@sockscope/promql";
import { ALERT_WINDOWS } from "../alert-windows.ts";
import { INTERNAL_ERROR_CODE } from "../close-code-lists.ts";
import { recorded } from "../recording-rule.ts";
import { CONNECTIONS_ACTIVE_SUM } from "../recording-rules.ts";

const { closes, open } = ALERT_WINDOWS.WsInternalErrorCloseSpike;

/**
 * Connections that servers closed for errors of their own. Frameworks also close with this code when nobody answers their pings,
 * which is the network's doing.
 */
export function internalErrorCloses<K extends "app" | "job" | "instance">(
  by: readonly K[],
  range: Period,
): Expression<K> {
  const where = { code: INTERNAL_ERROR_CODE, reason: not<CloseReason>("heartbeat_timeout") };
  return sumBy(by, increase(SERVER_CLOSES, where, range));
}

/** Those that the alert counts. */
export const INTERNAL_ERROR_CLOSES: Expression<"job"> = internalErrorCloses(["job"], closes);

/**
 * The same for each of the most that were open: the spike itself empties the denominator. What is closed at once is open at no scrape,
 * so there may be more than all, and some of none.
 */
export const INTERNAL_ERROR_SHARE: Expression<"job"> = clampMax(
  divide(INTERNAL_ERROR_CLOSES, maxOverTime(recorded(CONNECTIONS_ACTIVE_SUM), open)),
  1,
);
