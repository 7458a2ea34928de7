import { type Catalog, MESSAGE_LATENCY, type Period } from "@sockscope/catalog";
import { countOf, type Expression, increase, sumBy } from "@sockscope/promql";
import { shareAtBound } from "../share-at-bound.ts";
import { type Sli, sli } from "../sli.ts";

/** The share of messages that came in time. */
export function messagesInTime({ targets }: Catalog, range: Period): Expression<"app"> {
  return shareAtBound(["app"], MESSAGE_LATENCY, targets.message_latency.objective.bound, {}, range);
}

/** Messages whose latency is believed. */
export function messagesTimed(range: Period): Expression<"app"> {
  return sumBy(["app"], increase(countOf(MESSAGE_LATENCY), {}, range));
}

/** The same over the target's period. */
export function messageLatencySli(catalog: Catalog): Sli<"app"> {
  const target = catalog.targets.message_latency;
  return sli(target, messagesInTime(catalog, target.per));
}
