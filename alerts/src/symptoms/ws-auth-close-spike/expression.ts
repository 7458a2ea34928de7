import { AFFECTED_SESSIONS, type Period } from "@sockscope/catalog";
import { and, compare, divide, increase, sumBy } from "@sockscope/promql";
import { AUTHENTICATION_CODES, recorded, SESSIONS_ACTIVE_SUM } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** Of the pages that are there. */
const SPIKE_SHARE = 0.02;
/** Fewer sessions than this are a few users with a few tabs each, not a spike. */
const FEWEST_SESSIONS = 20;
/** In which the sessions are counted. */
export const SPIKE_RANGE: Period = "5m";

// Sessions and not closes: a tab that loops on an expired token is one user, however often it is closed.
const affected = sumBy(["app"], increase(AFFECTED_SESSIONS, { code: AUTHENTICATION_CODES }, SPIKE_RANGE));

/** When WsAuthCloseSpike fires. */
export const WS_AUTH_CLOSE_SPIKE_RULE: AlertRule = {
  name: "WsAuthCloseSpike",
  summary: "Users lose their chat and are told to refresh the page, because authentication fails.",
  severity: "page",
  expression: and(
    compare(divide(affected, recorded(SESSIONS_ACTIVE_SUM)), ">", SPIKE_SHARE),
    compare(affected, ">=", FEWEST_SESSIONS),
  ),
  holds: "2m",
  // A wave locks users out for longer than the five minutes in which it is counted.
  keepFiringFor: "15m",
};

/** The same, as every symptom has its rules. */
export const WS_AUTH_CLOSE_SPIKE_RULES: readonly AlertRule[] = [WS_AUTH_CLOSE_SPIKE_RULE];
