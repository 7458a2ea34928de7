import { type Catalog, COLLECTOR_BATCHES, COLLECTOR_REFUSALS, type Period } from "@sockscope/catalog";
import { and, compare, divide, increase, rangeInWords, rate, sumBy } from "@sockscope/promql";
import { ALERT_WINDOWS } from "@sockscope/slo";
import { type AlertRule, AMOUNT, JOB, SHARE } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

/** In which batches are counted. */
const { batches: RANGE } = ALERT_WINDOWS.WsCollectorRejecting;

/** In which refusals are counted that wake somebody up. */
const TURNED_AWAY_RANGE: Period = "5m";

// Refusals that no page can help.
const TURNED_AWAY = { code: ["SOCKSCOPE_ERR_SESSIONS_FULL", "SOCKSCOPE_ERR_INTERNAL"] } as const;
const REFUSED = { result: "refused" } as const;

/** When WsCollectorRejecting fires, and what it says. */
export function wsCollectorRejectingRules(catalog: Catalog): readonly AlertRule[] {
  const { refusedShare, fewestRefused, fewestTurnedAway } = catalog.thresholds.WsCollectorRejecting;
  return [
    {
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
      description: `Within the last ${rangeInWords(RANGE)}, collectors of ${JOB} refused ${SHARE} of the batches.`,
      panel: panelOf(catalog, "Batches, by result"),
    },
    {
      severity: "page",
      expression: compare(
        sumBy(["job", "code"], increase(COLLECTOR_REFUSALS, TURNED_AWAY, TURNED_AWAY_RANGE)),
        ">",
        fewestTurnedAway,
      ),
      holds: "5m",
      keepFiringFor: "10m",
      description: `Within the last ${rangeInWords(TURNED_AWAY_RANGE)}, collectors of ${JOB} turned pages away that did nothing wrong: ${AMOUNT} times with {{ $labels.code }}.`,
      panel: panelOf(catalog, "Requests refused, by code"),
    },
  ];
}
