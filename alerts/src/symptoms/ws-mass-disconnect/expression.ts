import { CLOSES, type Period } from "@sockscope/catalog";
import { and, compare, divide, increase, maxOverTime, subtract, sumBy, unlessOn } from "@sockscope/promql";
import { CONNECTIONS_ACTIVE_SUM, CUT_CLOSES, recorded, SESSIONS_ACTIVE_SUM } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** Of the most connections that were open within the last minutes. */
export const LOST_SHARE = 0.3;
/** With fewer connections than this, a share says little. */
export const FEWEST_CONNECTIONS = 100;
/** In which browsers may have seen it. */
const VETO_RANGE: Period = "15m";
/** Browsers that report fewer cuts than this, for each page that was there, saw no mass disconnect. */
export const VETO_SHARE = 0.1;

const now = recorded(CONNECTIONS_ACTIVE_SUM);
const most = maxOverTime(now, "10m");

const lost = and(
  compare(subtract(1, divide(now, most)), ">", LOST_SHARE),
  compare(most, ">=", FEWEST_CONNECTIONS),
);

const cutsPerPage = divide(
  sumBy([], increase(CLOSES, CUT_CLOSES, VETO_RANGE)),
  sumBy([], maxOverTime(recorded(SESSIONS_ACTIVE_SUM), VETO_RANGE)),
);

/** When WsMassDisconnect fires. */
export const WS_MASS_DISCONNECT_RULES: readonly AlertRule[] = [
  {
    name: "WsMassDisconnect",
    summary: "Many connections are gone at once.",
    severity: "page",
    // Browsers may veto (scrapes that fail, an event that ends), but without them, as with a dead collector, it fires.
    expression: unlessOn([], lost, compare(cutsPerPage, "<", VETO_SHARE)),
    holds: "1m",
    keepFiringFor: "10m",
  },
];
