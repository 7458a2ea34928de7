import type { Catalog } from "@sockscope/catalog";
import { and, compare, rangeInWords, unlessOn } from "@sockscope/promql";
import { ALERT_WINDOWS, browsersVeto, CONNECTIONS_GONE, MOST_CONNECTIONS } from "@sockscope/slo";
import { type AlertRule, JOB, SHARE } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

/** In which the connections are looked for that the share is of. */
const { most: OPEN_RANGE } = ALERT_WINDOWS.WsMassDisconnect;

/** When WsMassDisconnect fires, and what it says. */
export function wsMassDisconnectRules(catalog: Catalog): readonly AlertRule[] {
  const { lostShare, fewestConnections } = catalog.thresholds.WsMassDisconnect;
  const lost = and(
    compare(CONNECTIONS_GONE, ">", lostShare),
    compare(MOST_CONNECTIONS, ">=", fewestConnections),
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
      panel: panelOf(catalog, "Connections gone, against the alert"),
    },
  ];
}
