import { type Expression, maxOverTime, ratio, subtract } from "@sockscope/promql";
import { ALERT_WINDOWS } from "../alert-windows.ts";
import { recorded } from "../recording-rule.ts";
import { CONNECTIONS_ACTIVE_SUM } from "../recording-rules.ts";

const open = recorded(CONNECTIONS_ACTIVE_SUM);

/** The most connections that were open at a time. */
export const MOST_CONNECTIONS: Expression<"job"> = maxOverTime(open, ALERT_WINDOWS.WsMassDisconnect.most);

/** The share of them that is open no more. */
export const CONNECTIONS_GONE: Expression<"job"> = subtract(1, ratio(open, MOST_CONNECTIONS));

/** The most that were open at a time since before an outage of that length. */
export const MOST_BEFORE_OUTAGE: Expression<"job"> = maxOverTime(open, ALERT_WINDOWS.WsMassDisconnect.outage);

/** The share of {@link MOST_BEFORE_OUTAGE} that is open no more. */
export const CONNECTIONS_OUT: Expression<"job"> = subtract(1, ratio(open, MOST_BEFORE_OUTAGE));
