import { type Period, SERVER_FRAMES_SENT, SERVER_SEND_ERRORS } from "@sockscope/catalog";
import { add, and, compare, divide, increase, not, rate, sumBy } from "@sockscope/promql";
import type { AlertRule } from "../alert-rule.ts";

/** In which frames are counted. */
const RANGE: Period = "5m";
/** Of the frames that were to be sent. */
export const ERROR_SHARE = 0.01;
/** Fewer errors than this are a few users. */
export const FEWEST_ERRORS = 20;

// `closed` is the race with a user who leaves.
const FAULTS = { reason: not("closed") } as const;
const errors = sumBy(["job"], rate(SERVER_SEND_ERRORS, FAULTS, RANGE));
const sent = sumBy(["job"], rate(SERVER_FRAMES_SENT, {}, RANGE));

/** When WsMessageSendErrors fires. */
export const WS_MESSAGE_SEND_ERRORS_RULES: readonly AlertRule[] = [
  {
    name: "WsMessageSendErrors",
    summary: "The server has messages for its users and cannot hand them over.",
    severity: "page",
    expression: and(
      compare(divide(errors, add(sent, errors)), ">", ERROR_SHARE),
      compare(sumBy(["job"], increase(SERVER_SEND_ERRORS, FAULTS, RANGE)), ">=", FEWEST_ERRORS),
    ),
    holds: "5m",
    keepFiringFor: "10m",
  },
];
