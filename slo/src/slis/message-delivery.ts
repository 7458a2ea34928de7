import { MESSAGE_DELIVERY_TARGET, REPLY_LATENCY } from "@sockscope/catalog";
import { atBound, divide, increase, sumBy } from "@sockscope/promql";
import { type Sli, sli } from "../sli.ts";
import { COULD_BE_ANSWERED, userMessages } from "../unanswered.ts";

const { objective, per } = MESSAGE_DELIVERY_TARGET;

/** The share of what users wrote that was answered on the page in time. */
export const MESSAGE_DELIVERY_SLI: Sli<"app"> = sli(
  MESSAGE_DELIVERY_TARGET,
  divide(
    sumBy(["app"], increase(atBound(REPLY_LATENCY, objective.bound), {}, per)),
    userMessages(per, COULD_BE_ANSWERED),
  ),
);
