import { AFFECTED_SESSIONS, type Catalog } from "@sockscope/catalog";
import {
  and,
  clampMax,
  compare,
  divide,
  type Expression,
  increase,
  maxOverTime,
  rangeInWords,
  sumBy,
} from "@sockscope/promql";
import { ALERT_WINDOWS, authenticationCodes, recorded, SESSIONS_ACTIVE_SUM } from "@sockscope/slo";
import { type AlertRule, APP, SHARE } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

/** In which the sessions are counted, and in which the pages are looked for that the share is of. */
const { sessions: SPIKE_RANGE, pages: PAGES_RANGE } = ALERT_WINDOWS.WsAuthCloseSpike;

// Sessions and not closes: a tab that loops on an expired token is one user, however often it is closed.
function affectedSessions(catalog: Catalog): Expression<"app"> {
  return sumBy(["app"], increase(AFFECTED_SESSIONS, { code: authenticationCodes(catalog) }, SPIKE_RANGE));
}

// The most pages that were there: those that were logged out leave. Who comes, fails and leaves again is counted on one side
// only, so there may be more than all.
function shareOfPages(affected: Expression<"app">): Expression<"app"> {
  return clampMax(divide(affected, maxOverTime(recorded(SESSIONS_ACTIVE_SUM), PAGES_RANGE)), 1);
}

/** When WsAuthCloseSpike fires, and what it says. */
export function wsAuthCloseSpikeRules(catalog: Catalog): readonly AlertRule[] {
  const { share, fewestSessions } = catalog.thresholds.WsAuthCloseSpike;
  const affected = affectedSessions(catalog);
  return [
    {
      severity: "page",
      expression: and(compare(shareOfPages(affected), ">", share), compare(affected, ">=", fewestSessions)),
      holds: "2m",
      // A wave locks users out for longer than the five minutes in which it is counted.
      keepFiringFor: "15m",
      description: `Within the last ${rangeInWords(SPIKE_RANGE)}, ${SHARE} of the pages of ${APP} were closed for failed authentication (close code ${authenticationCodes(catalog).join(" or ")}), of the most that were open at a time within ${rangeInWords(PAGES_RANGE)}.`,
      panel: panelOf(catalog, "Sessions affected, by close code"),
    },
  ];
}
