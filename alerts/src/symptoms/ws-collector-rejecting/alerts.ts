import type { Catalog } from "@sockscope/catalog";
import { and, compare, rangeInWords } from "@sockscope/promql";
import { ALERT_WINDOWS, BATCHES_REFUSED, REFUSED_SHARE, TURNED_AWAY } from "@sockscope/slo";
import { type AlertRule, AMOUNT, JOB, SHARE } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

const { batches: RANGE, turnedAway: TURNED_AWAY_RANGE } = ALERT_WINDOWS.WsCollectorRejecting;

/** When WsCollectorRejecting fires, and what it says. */
export function wsCollectorRejectingRules(catalog: Catalog): readonly AlertRule[] {
  const { refusedShare, fewestRefused, fewestTurnedAway } = catalog.thresholds.WsCollectorRejecting;
  return [
    {
      severity: "ticket",
      expression: and(
        compare(REFUSED_SHARE, ">", refusedShare),
        compare(BATCHES_REFUSED, ">=", fewestRefused),
      ),
      holds: "10m",
      description: `Within the last ${rangeInWords(RANGE)}, collectors of ${JOB} refused ${SHARE} of the batches.`,
      panel: panelOf(catalog, "Batches refused, against the alert"),
    },
    {
      severity: "page",
      expression: compare(TURNED_AWAY, ">", fewestTurnedAway),
      holds: "5m",
      keepFiringFor: "10m",
      description: `Within the last ${rangeInWords(TURNED_AWAY_RANGE)}, collectors of ${JOB} turned pages away that did nothing wrong: ${AMOUNT} times with {{ $labels.code }}.`,
      panel: panelOf(catalog, "Pages turned away, against the alert"),
    },
  ];
}
