import { FRAMES_SENT, MESSAGE_DELIVERY_TARGET, type Period, REPLY_LATENCY } from "@sockscope/catalog";
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

const { bound } = MESSAGE_DELIVERY_TARGET.objective;

/** Messages that were sent so long ago that their answer could be there. */
export const COULD_BE_ANSWERED: Required<Offset> = { offset: `${bound}s` };

/** The share of what users wrote that had no answer on the page in time: one population, so ad blockers cancel. */
export function unansweredRatio(range: Period): Expression<"app"> {
  return subtract(
    1,
    ratio(
      sumBy(["app"], rate(atBound(REPLY_LATENCY, bound), {}, range)),
      sumBy(["app"], rate(FRAMES_SENT, USER_MESSAGES, range, COULD_BE_ANSWERED)),
    ),
  );
}

/** How many messages users wrote. */
export function userMessages(range: Period, offset?: Offset): Expression<"app"> {
  return sumBy(["app"], increase(FRAMES_SENT, USER_MESSAGES, range, offset));
}
