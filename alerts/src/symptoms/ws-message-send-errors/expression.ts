import { type Catalog, SERVER_FRAMES_SENT, SERVER_SEND_ERRORS } from "@sockscope/catalog";
import { add, and, compare, divide, increase, not, rate, sumBy } from "@sockscope/promql";
import { ALERT_WINDOWS } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** In which frames are counted. */
const { frames: RANGE } = ALERT_WINDOWS.WsMessageSendErrors;

// `closed` is the race with a user who leaves.
const FAULTS = { reason: not("closed") } as const;
const errors = sumBy(["job"], rate(SERVER_SEND_ERRORS, FAULTS, RANGE));
const sent = sumBy(["job"], rate(SERVER_FRAMES_SENT, {}, RANGE));

/** When WsMessageSendErrors fires. */
export function wsMessageSendErrorsRules(catalog: Catalog): readonly AlertRule[] {
  const { share, fewestErrors } = catalog.thresholds.WsMessageSendErrors;
  return [
    {
      name: "WsMessageSendErrors",
      summary: "The server has messages for its users and cannot hand them over.",
      severity: "page",
      expression: and(
        compare(divide(errors, add(sent, errors)), ">", share),
        compare(sumBy(["job"], increase(SERVER_SEND_ERRORS, FAULTS, RANGE)), ">=", fewestErrors),
      ),
      holds: "5m",
      keepFiringFor: "10m",
    },
  ];
}
