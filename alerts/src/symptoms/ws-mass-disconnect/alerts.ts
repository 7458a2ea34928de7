import { type Catalog, CLOSES, type Period } from "@sockscope/catalog";
import {
  and,
  compare,
  divide,
  increase,
  maxOverTime,
  rangeInWords,
  subtract,
  sumBy,
  unlessOn,
} from "@sockscope/promql";
import { CONNECTIONS_ACTIVE_SUM, CUT_CLOSES, recorded, SESSIONS_ACTIVE_SUM } from "@sockscope/slo";
import { type AlertRule, JOB, SHARE } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

/** In which the connections are looked for that the share is of. */
const OPEN_RANGE: Period = "10m";

/** In which browsers may have seen it. */
const VETO_RANGE: Period = "15m";

const now = recorded(CONNECTIONS_ACTIVE_SUM);
const most = maxOverTime(now, OPEN_RANGE);

const cutsPerPage = divide(
  sumBy([], increase(CLOSES, CUT_CLOSES, VETO_RANGE)),
  sumBy([], maxOverTime(recorded(SESSIONS_ACTIVE_SUM), VETO_RANGE)),
);

/** When WsMassDisconnect fires, and what it says. */
export function wsMassDisconnectRules(catalog: Catalog): readonly AlertRule[] {
  const { lostShare, fewestConnections, vetoShare } = catalog.thresholds.WsMassDisconnect;
  const lost = and(
    compare(subtract(1, divide(now, most)), ">", lostShare),
    compare(most, ">=", fewestConnections),
  );
  return [
    {
      severity: "page",
      // Browsers may veto (scrapes that fail, an event that ends), but without them, as with a dead collector, it fires.
      expression: unlessOn([], lost, compare(cutsPerPage, "<", vetoShare)),
      holds: "1m",
      keepFiringFor: "10m",
      inhibits: ["WsReconnectStorm", "WsConnectErrorBudgetBurn", "WsConnectionUptimeLow"],
      description: `${SHARE} of the connections to ${JOB} are gone, of the most that were open at a time within the last ${rangeInWords(OPEN_RANGE)}.`,
      panel: panelOf(catalog, "Open connections, by server"),
    },
  ];
}
