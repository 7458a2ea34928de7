import { AFFECTED_SESSIONS, type Catalog, type Period } from "@sockscope/catalog";
import {
  and,
  clampMax,
  compare,
  divide,
  type Expression,
  increase,
  maxOverTime,
  sumBy,
} from "@sockscope/promql";
import { ALERT_WINDOWS, authenticationCodes, recorded, SESSIONS_ACTIVE_SUM } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** In which the sessions are counted. */
export const SPIKE_RANGE: Period = ALERT_WINDOWS.WsAuthCloseSpike.sessions;

/** In which the pages are looked for that the share is of. */
export const PAGES_RANGE: Period = ALERT_WINDOWS.WsAuthCloseSpike.pages;

// Sessions and not closes: a tab that loops on an expired token is one user, however often it is closed.
function affectedSessions(catalog: Catalog): Expression<"app"> {
  return sumBy(["app"], increase(AFFECTED_SESSIONS, { code: authenticationCodes(catalog) }, SPIKE_RANGE));
}

// The most pages that were there: those that were logged out leave. Who comes, fails and leaves again is counted on one side
// only, so there may be more than all.
function shareOfPages(affected: Expression<"app">): Expression<"app"> {
  return clampMax(divide(affected, maxOverTime(recorded(SESSIONS_ACTIVE_SUM), PAGES_RANGE)), 1);
}

/** When WsAuthCloseSpike fires. */
export function wsAuthCloseSpikeRule(catalog: Catalog): AlertRule {
  const { share, fewestSessions } = catalog.thresholds.WsAuthCloseSpike;
  const affected = affectedSessions(catalog);
  return {
    name: "WsAuthCloseSpike",
    summary: "Users lose their chat and are told to refresh the page, because authentication fails.",
    severity: "page",
    expression: and(compare(shareOfPages(affected), ">", share), compare(affected, ">=", fewestSessions)),
    holds: "2m",
    // A wave locks users out for longer than the five minutes in which it is counted.
    keepFiringFor: "15m",
  };
}
