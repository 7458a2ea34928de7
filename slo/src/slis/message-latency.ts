import { MESSAGE_LATENCY, MESSAGE_LATENCY_TARGET, type Period } from "@sockscope/catalog";
import { countOf, type Expression, increase, sumBy } from "@sockscope/promql";
import { shareAtBound } from "../share-at-bound.ts";
import { type Sli, sli } from "../sli.ts";

/** The share of messages that came in time. */
export function messagesInTime(range: Period): Expression<"app"> {
  return shareAtBound(["app"], MESSAGE_LATENCY, MESSAGE_LATENCY_TARGET.objective.bound, {}, range);
}

/** Messages whose latency is believed. */
export function messagesTimed(range: Period): Expression<"app"> {
  return sumBy(["app"], increase(countOf(MESSAGE_LATENCY), {}, range));
}

/** The same over the target's period. */
export const MESSAGE_LATENCY_SLI: Sli<"app"> = sli(
  MESSAGE_LATENCY_TARGET,
  messagesInTime(MESSAGE_LATENCY_TARGET.per),
);
