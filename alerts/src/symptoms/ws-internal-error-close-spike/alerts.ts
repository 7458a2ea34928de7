import type { Catalog } from "@sockscope/catalog";
import { and, compare, rangeInWords } from "@sockscope/promql";
import {
  ALERT_WINDOWS,
  INTERNAL_ERROR_CLOSES,
  INTERNAL_ERROR_CODE,
  INTERNAL_ERROR_SHARE,
} from "@sockscope/slo";
import { type AlertRule, JOB, SHARE } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

const { closes: SPIKE_RANGE, open: OPEN_RANGE } = ALERT_WINDOWS.WsInternalErrorCloseSpike;

/** When WsInternalErrorCloseSpike fires, and what it says. */
export function wsInternalErrorCloseSpikeRules(catalog: Catalog): readonly AlertRule[] {
  const { share, fewestCloses } = catalog.thresholds.WsInternalErrorCloseSpike;
  return [
    {
      severity: "page",
      expression: and(
        compare(INTERNAL_ERROR_SHARE, ">", share),
        compare(INTERNAL_ERROR_CLOSES, ">=", fewestCloses),
      ),
      holds: "2m",
      keepFiringFor: "10m",
      description: `Within the last ${rangeInWords(SPIKE_RANGE)}, chat servers of ${JOB} closed connections for errors of their own (close code ${INTERNAL_ERROR_CODE}): ${SHARE} of the most that were open at a time within ${rangeInWords(OPEN_RANGE)}.`,
      panel: panelOf(catalog, "Connections closed for internal errors, against the alert"),
    },
  ];
}
