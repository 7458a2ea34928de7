import type { Catalog } from "@sockscope/catalog";
import {
  and,
  compare,
  divide,
  type Expression,
  maxOverTime,
  rangeInWords,
  subtract,
  unlessOn,
} from "@sockscope/promql";
import { ALERT_WINDOWS, browsersVeto, CONNECTIONS_ACTIVE_SUM, recorded } from "@sockscope/slo";
import { type AlertRule, JOB, SHARE } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

/** In which the connections are looked for that the share is of. */
const { most: OPEN_RANGE } = ALERT_WINDOWS.WsMassDisconnect;

const now = recorded(CONNECTIONS_ACTIVE_SUM);
const most = maxOverTime(now, OPEN_RANGE);

/** How many connections are gone, of the most that were open at a time. */
export const CONNECTIONS_GONE: Expression<"job"> = subtract(most, now);

/** When WsMassDisconnect fires, and what it says. */
export function wsMassDisconnectRules(catalog: Catalog): readonly AlertRule[] {
  const { lostShare, fewestConnections } = catalog.thresholds.WsMassDisconnect;
  const lost = and(
    compare(subtract(1, divide(now, most)), ">", lostShare),
    compare(most, ">=", fewestConnections),
  );
  return [
    {
      severity: "page",
      // Browsers may veto (scrapes that fail, an event that ends), but without them, as with a dead collector, it fires.
      expression: unlessOn([], lost, browsersVeto(catalog)),
      holds: "1m",
      keepFiringFor: "10m",
      inhibits: ["WsReconnectStorm", "WsConnectErrorBudgetBurn", "WsConnectionUptimeLow"],
      description: `${SHARE} of the connections to ${JOB} are gone, of the most that were open at a time within the last ${rangeInWords(OPEN_RANGE)}.`,
      panel: panelOf(catalog, "Open connections, by server"),
    },
  ];
}
