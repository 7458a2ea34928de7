import { SERVER_CLOSES } from "@sockscope/catalog";
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
export const INTERNAL_ERROR_CLOSES: Expression<"job"> = sumBy(
  ["job"],
  increase(SERVER_CLOSES, { code: INTERNAL_ERROR_CODE, reason: not("heartbeat_timeout") }, closes),
);

/**
 * The same for each of the most that were open: the spike itself empties the denominator. What is closed at once is open at no scrape,
 * so there may be more than all, and some of none.
 */
export const INTERNAL_ERROR_SHARE: Expression<"job"> = clampMax(
  divide(INTERNAL_ERROR_CLOSES, maxOverTime(recorded(CONNECTIONS_ACTIVE_SUM), open)),
  1,
);
