import { SERVER_FRAMES_SENT, SERVER_SEND_ERRORS } from "@sockscope/catalog";
import { add, type Expression, increase, not, rate, ratio, sumBy } from "@sockscope/promql";
import { ALERT_WINDOWS } from "../alert-windows.ts";

const { frames: RANGE } = ALERT_WINDOWS.WsMessageSendErrors;

// `closed` is the race with a user who leaves.
const FAULTS = { reason: not("closed") } as const;
const errors = sumBy(["job"], rate(SERVER_SEND_ERRORS, FAULTS, RANGE));
const sent = sumBy(["job"], rate(SERVER_FRAMES_SENT, {}, RANGE));

/** Frames that servers could not send, without those whose user had just left. */
export const SEND_ERRORS: Expression<"job"> = sumBy(["job"], increase(SERVER_SEND_ERRORS, FAULTS, RANGE));

/** The share that they are of the frames that were to be sent. */
export const SEND_ERROR_SHARE: Expression<"job"> = ratio(errors, add(sent, errors));
