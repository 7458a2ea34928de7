import { AFFECTED_SESSIONS, type Catalog, type Period } from "@sockscope/catalog";
import { and, compare, divide, type Expression, increase, sumBy } from "@sockscope/promql";
import { authenticationCodes, recorded, SESSIONS_ACTIVE_SUM } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** In which the sessions are counted. */
export const SPIKE_RANGE: Period = "5m";

// Sessions and not closes: a tab that loops on an expired token is one user, however often it is closed.
function affectedSessions(catalog: Catalog): Expression<"app"> {
  return sumBy(["app"], increase(AFFECTED_SESSIONS, { code: authenticationCodes(catalog) }, SPIKE_RANGE));
}

/** When WsAuthCloseSpike fires. */
export function wsAuthCloseSpikeRule(catalog: Catalog): AlertRule {
  const { share, fewestSessions } = catalog.thresholds.WsAuthCloseSpike;
  const affected = affectedSessions(catalog);
  return {
    name: "WsAuthCloseSpike",
    summary: "Users lose their chat and are told to refresh the page, because authentication fails.",
    severity: "page",
    expression: and(
      compare(divide(affected, recorded(SESSIONS_ACTIVE_SUM)), ">", share),
      compare(affected, ">=", fewestSessions),
    ),
    holds: "2m",
    // A wave locks users out for longer than the five minutes in which it is counted.
    keepFiringFor: "15m",
  };
}
