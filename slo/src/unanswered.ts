import { type Catalog, FRAMES_SENT, type Period, REPLY_LATENCY } from "@sockscope/catalog";
import {
  atBound,
  type Expression,
  increase,
  type Offset,
  rate,
  ratio,
  subtract,
  sumBy,
} from "@sockscope/promql";
import { USER_MESSAGES } from "./what-counts.ts";

/** Messages that were sent so long ago that their answer could be there. */
export function couldBeAnswered({ targets }: Catalog): Required<Offset> {
  // PromQL knows no fractions of a second.
  return { offset: `${Math.ceil(targets.message_delivery.objective.bound)}s` };
}

/** The share of what users wrote that had no answer on the page in time: one population, so ad blockers cancel. */
export function unansweredRatio(catalog: Catalog, range: Period): Expression<"app"> {
  const { bound } = catalog.targets.message_delivery.objective;
  return subtract(
    1,
    ratio(
      sumBy(["app"], rate(atBound(REPLY_LATENCY, bound), {}, range)),
      sumBy(["app"], rate(FRAMES_SENT, USER_MESSAGES, range, couldBeAnswered(catalog))),
    ),
  );
}

/** How many messages users wrote. */
export function userMessages(range: Period, offset?: Offset): Expression<"app"> {
  return sumBy(["app"], increase(FRAMES_SENT, USER_MESSAGES, range, offset));
}
