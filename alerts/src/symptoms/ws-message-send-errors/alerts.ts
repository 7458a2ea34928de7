import type { Catalog } from "@sockscope/catalog";
import { and, compare, rangeInWords } from "@sockscope/promql";
import { ALERT_WINDOWS, SEND_ERROR_SHARE, SEND_ERRORS } from "@sockscope/slo";
import { type AlertRule, JOB, SHARE } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

/** In which frames are counted. */
const { frames: RANGE } = ALERT_WINDOWS.WsMessageSendErrors;

/** When WsMessageSendErrors fires, and what it says. */
export function wsMessageSendErrorsRules(catalog: Catalog): readonly AlertRule[] {
  const { share, fewestErrors } = catalog.thresholds.WsMessageSendErrors;
  return [
    {
      severity: "page",
      expression: and(compare(SEND_ERROR_SHARE, ">", share), compare(SEND_ERRORS, ">=", fewestErrors)),
      holds: "5m",
      keepFiringFor: "10m",
      description: `Within the last ${rangeInWords(RANGE)}, ${SHARE} of the frames that ${JOB} had for its users could not be sent.`,
      panel: panelOf(catalog, "Messages that servers could not send, against the alert"),
    },
  ];
}
