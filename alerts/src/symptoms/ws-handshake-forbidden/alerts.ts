import type { Catalog } from "@sockscope/catalog";
import { and, compare, rangeInWords } from "@sockscope/promql";
import {
  ALERT_WINDOWS,
  FORBIDDEN_SHARE,
  forbiddenSli,
  HANDSHAKES_FORBIDDEN,
  missed,
  recordedValue,
} from "@sockscope/slo";
import { type AlertRule, AMOUNT, JOB, SHARE } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

const { handshakes: RANGE } = ALERT_WINDOWS.WsHandshakeForbidden;

/** When WsHandshakeForbidden fires, and what it says. */
export function wsHandshakeForbiddenRules(catalog: Catalog): readonly AlertRule[] {
  const { share, fewestForbidden } = catalog.thresholds.WsHandshakeForbidden;
  const forbiddenTarget = catalog.targets.forbidden;
  return [
    {
      severity: "page",
      expression: and(
        compare(FORBIDDEN_SHARE, ">", share),
        compare(HANDSHAKES_FORBIDDEN, ">=", fewestForbidden),
      ),
      holds: "2m",
      keepFiringFor: "10m",
      description: `Within the last ${rangeInWords(RANGE)}, ${SHARE} of the handshakes of users with ${JOB} got 403.`,
      panel: panelOf(catalog, "Handshakes of users that got 403, against the alert"),
    },
    {
      severity: "ticket",
      expression: missed(forbiddenTarget, recordedValue(forbiddenSli(catalog))),
      description: `Within the last ${rangeInWords(forbiddenTarget.per)}, users with a session got 403 from ${JOB}: ${AMOUNT} times; ${forbiddenTarget.objective.count} may be.`,
      panel: panelOf(catalog, "403 to users, over a day"),
    },
  ];
}
