import { type Catalog, SERVER_FRAMES_SENT, SERVER_SEND_ERRORS, type SendError } from "@sockscope/catalog";
import {
  add,
  and,
  compare,
  divide,
  type Expression,
  increase,
  type Not,
  not,
  rangeInWords,
  rate,
  sumBy,
} from "@sockscope/promql";
import { ALERT_WINDOWS } from "@sockscope/slo";
import { type AlertRule, JOB, SHARE } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

/** In which frames are counted. */
const { frames: RANGE } = ALERT_WINDOWS.WsMessageSendErrors;

/** What counts: `closed` is the race with a user who leaves. */
export const FAULTS: { readonly reason: Not<SendError> } = { reason: not("closed") };
const errors = sumBy(["job"], rate(SERVER_SEND_ERRORS, FAULTS, RANGE));
const sent = sumBy(["job"], rate(SERVER_FRAMES_SENT, {}, RANGE));

/** The share of the frames that could not be sent. */
export const NOT_SENT_SHARE: Expression<"job"> = divide(errors, add(sent, errors));

/** When WsMessageSendErrors fires, and what it says. */
export function wsMessageSendErrorsRules(catalog: Catalog): readonly AlertRule[] {
  const { share, fewestErrors } = catalog.thresholds.WsMessageSendErrors;
  return [
    {
      severity: "page",
      expression: and(
        compare(NOT_SENT_SHARE, ">", share),
        compare(sumBy(["job"], increase(SERVER_SEND_ERRORS, FAULTS, RANGE)), ">=", fewestErrors),
      ),
      holds: "5m",
      keepFiringFor: "10m",
      description: `Within the last ${rangeInWords(RANGE)}, ${SHARE} of the frames that ${JOB} had for its users could not be sent.`,
      panel: panelOf(catalog, "Messages that servers could not send, by reason"),
    },
  ];
}
