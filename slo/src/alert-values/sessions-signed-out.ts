import { AFFECTED_SESSIONS, type Catalog } from "@sockscope/catalog";
import { clampMax, divide, type Expression, increase, maxOverTime, sumBy } from "@sockscope/promql";
import { ALERT_WINDOWS } from "../alert-windows.ts";
import { authenticationCodes } from "../close-code-lists.ts";
import { recorded } from "../recording-rule.ts";
import { SESSIONS_ACTIVE_SUM } from "../recording-rules.ts";

const { sessions, pages } = ALERT_WINDOWS.WsAuthCloseSpike;

/** Sessions that were closed for failed authentication. Not closes: a tab that loops on an expired token is one user. */
export function sessionsSignedOut(catalog: Catalog): Expression<"app"> {
  return sumBy(["app"], increase(AFFECTED_SESSIONS, { code: authenticationCodes(catalog) }, sessions));
}

/**
 * The same for each of the most pages that were there: those that were logged out leave. Who comes, fails and leaves again is counted
 * on one side only, so there may be more than all, and some of none.
 */
export function signedOutShare(catalog: Catalog): Expression<"app"> {
  return clampMax(divide(sessionsSignedOut(catalog), maxOverTime(recorded(SESSIONS_ACTIVE_SUM), pages)), 1);
}
