import { type Catalog, COLLECTOR_BATCHES, COLLECTOR_REFUSALS } from "@sockscope/catalog";
import { and, compare, divide, increase, rate, sumBy } from "@sockscope/promql";
import { ALERT_WINDOWS } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** In which batches are counted. */
const { batches: RANGE } = ALERT_WINDOWS.WsCollectorRejecting;

// Refusals that no page can help.
const TURNED_AWAY = { code: ["SOCKSCOPE_ERR_SESSIONS_FULL", "SOCKSCOPE_ERR_INTERNAL"] } as const;
const REFUSED = { result: "refused" } as const;

const SUMMARY = "The collector refuses what pages send.";

/** When WsCollectorRejecting fires. */
export function wsCollectorRejectingRules(catalog: Catalog): readonly AlertRule[] {
  const { refusedShare, fewestRefused, fewestTurnedAway } = catalog.thresholds.WsCollectorRejecting;
  return [
    {
      name: "WsCollectorRejecting",
      summary: SUMMARY,
      severity: "ticket",
      // Batches and not refusals: wrong paths and methods are scanners.
      expression: and(
        compare(
          divide(
            sumBy(["job"], rate(COLLECTOR_BATCHES, REFUSED, RANGE)),
            sumBy(["job"], rate(COLLECTOR_BATCHES, {}, RANGE)),
          ),
          ">",
          refusedShare,
        ),
        compare(sumBy(["job"], increase(COLLECTOR_BATCHES, REFUSED, RANGE)), ">=", fewestRefused),
      ),
      holds: "10m",
    },
    {
      name: "WsCollectorRejecting",
      summary: SUMMARY,
      severity: "page",
      expression: compare(
        sumBy(["job", "code"], increase(COLLECTOR_REFUSALS, TURNED_AWAY, "5m")),
        ">",
        fewestTurnedAway,
      ),
      holds: "5m",
      keepFiringFor: "10m",
    },
  ];
}
