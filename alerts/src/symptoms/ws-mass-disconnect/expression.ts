import { type Catalog, CLOSES, type Period } from "@sockscope/catalog";
import { and, compare, divide, increase, maxOverTime, subtract, sumBy, unlessOn } from "@sockscope/promql";
import { CONNECTIONS_ACTIVE_SUM, CUT_CLOSES, recorded, SESSIONS_ACTIVE_SUM } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** In which browsers may have seen it. */
const VETO_RANGE: Period = "15m";

const now = recorded(CONNECTIONS_ACTIVE_SUM);
const most = maxOverTime(now, "10m");

const cutsPerPage = divide(
  sumBy([], increase(CLOSES, CUT_CLOSES, VETO_RANGE)),
  sumBy([], maxOverTime(recorded(SESSIONS_ACTIVE_SUM), VETO_RANGE)),
);

/** When WsMassDisconnect fires. */
export function wsMassDisconnectRules(catalog: Catalog): readonly AlertRule[] {
  const { lostShare, fewestConnections, vetoShare } = catalog.thresholds.WsMassDisconnect;
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
      expression: unlessOn([], lost, compare(cutsPerPage, "<", vetoShare)),
      holds: "1m",
      keepFiringFor: "10m",
    },
  ];
}
