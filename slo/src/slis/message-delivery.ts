import { type Catalog, REPLY_LATENCY } from "@sockscope/catalog";
import { atBound, divide, increase, sumBy } from "@sockscope/promql";
import { type Sli, sli } from "../sli.ts";
import { couldBeAnswered, userMessages } from "../unanswered.ts";

/** The share of what users wrote that was answered on the page in time. */
export function messageDeliverySli(catalog: Catalog): Sli<"app"> {
  const target = catalog.targets.message_delivery;
  const { objective, per } = target;
  return sli(
    target,
    divide(
      sumBy(["app"], increase(atBound(REPLY_LATENCY, objective.bound), {}, per)),
      userMessages(per, couldBeAnswered(catalog)),
    ),
    {
      record: "app:ws_client_messages_answered:ratio_increase30d",
      meaning: "The share of what users wrote within the month that was answered on the page in time.",
    },
  );
}
