import type { Catalog, Period } from "@sockscope/catalog";
import { clampMin, compare, type Expression, rangeInWords } from "@sockscope/promql";
import { ALERT_WINDOWS, messagesInTime, UNANSWERED_RATIOS, unansweredRatio } from "@sockscope/slo";
import { ofChosenApps } from "../windows.ts";

/** In which messages are counted that wake somebody up. */
export const MESSAGES_RANGE: Period = ALERT_WINDOWS.WsMessageLatencyHigh.messages;

/** {@link MESSAGES_RANGE} as a description says it. */
export const MESSAGES_RANGE_IN_WORDS: string = rangeInWords(MESSAGES_RANGE);

/** The share of messages at the target's bound; nothing where none came, which else is NaN. */
export function inTime(catalog: Catalog, range: Period = MESSAGES_RANGE): Expression<"app"> {
  return compare(ofChosenApps(messagesInTime(catalog, range)), ">=", 0);
}

const { range } = UNANSWERED_RATIOS["5m"];

/** What {@link unanswered} looks back over, as a description says it. */
export const UNANSWERED_IN_WORDS: string = rangeInWords(range);

/**
 * The share of user messages without an answer in time. Not as it is recorded: that is kept apart by environment, and shares
 * cannot be added up.
 */
export function unanswered(catalog: Catalog): Expression<"app"> {
  // More answers than questions, from messages of before the window, are none that are missing.
  return clampMin(ofChosenApps(unansweredRatio(catalog, range)), 0);
}
