import type { Catalog } from "@sockscope/catalog";
import { and, compare, divide, maxOverTime, subtract, unlessOn } from "@sockscope/promql";
import { ALERT_WINDOWS, browsersVeto, CONNECTIONS_ACTIVE_SUM, recorded } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

const now = recorded(CONNECTIONS_ACTIVE_SUM);
const most = maxOverTime(now, ALERT_WINDOWS.WsMassDisconnect.most);

/** When WsMassDisconnect fires. */
export function wsMassDisconnectRules(catalog: Catalog): readonly AlertRule[] {
  const { lostShare, fewestConnections } = catalog.thresholds.WsMassDisconnect;
  const lost = and(
    compare(subtract(1, divide(now, most)), ">", lostShare),
    compare(most, ">=", fewestConnections),
  );
  return [
    {
      name: "WsMassDisconnect",
      summary: "Many connections are gone at once.",
      severity: "page",
      // Browsers may veto (scrapes that fail, an event that ends), but without them, as with a dead collector, it fires.
      expression: unlessOn([], lost, browsersVeto(catalog)),
      holds: "1m",
      keepFiringFor: "10m",
    },
  ];
}
