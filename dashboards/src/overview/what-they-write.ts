import type { Catalog } from "@sockscope/catalog";
import { compare, largest, rangeInWords, smallest } from "@sockscope/promql";
import {
  couldBeAnswered,
  errorBudget,
  FASTEST_BURN_RATE,
  messagesTimed,
  UNANSWERED_RATIOS,
  userMessages,
} from "@sockscope/slo";
import { inTime, MESSAGES_RANGE, MESSAGES_RANGE_IN_WORDS, unanswered } from "../messages/in-time.ts";
import { bigNumber } from "../panels/big-number.ts";
import { judged } from "../panels/judged.ts";
import { pagedSteps } from "../panels/paged-steps.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { ofChosenApps } from "../windows.ts";
import { GREY, MESSAGES, SIZE } from "./verdict.ts";

/** Do users wait for answers that do not come? */
export function unansweredPanel(catalog: Catalog): PanelSpec {
  const { targets, thresholds } = catalog;
  const { unansweredShare, fewestUserMessages } = thresholds.WsMessagesNotAppearing;
  const { range } = UNANSWERED_RATIOS["5m"];
  const written = ofChosenApps(userMessages(range, couldBeAnswered(catalog)));
  return bigNumber(
    {
      ...SIZE,
      id: 5,
      title: "Unanswered",
      description: `Of what users wrote within ${rangeInWords(range)}, the share that had no answer on the page in time, of the app where it is largest. Says nothing of a chat in which nobody expects an answer. Orange from where the error budget burns fast enough to page, red where messages do not appear. ${GREY}`,
      unit: "percentunit",
      queries: judged({
        value: unanswered(catalog),
        enough: compare(written, ">=", fewestUserMessages),
        worst: (values) => largest(1, values),
        legend: "{{app}}",
      }),
      emptyWhere: "nobody wrote",
      alerts: ["WsMessagesNotAppearing", "WsDeliveryErrorBudgetBurn"],
    },
    {
      colors: pagedSteps({
        pagesAt: unansweredShare,
        warnsAt: FASTEST_BURN_RATE * errorBudget(targets.message_delivery),
        badSide: "above",
      }),
      decimals: 1,
      isVerdict: true,
      leadsTo: MESSAGES,
    },
  );
}

/** Is the chat slow? */
export function inTimePanel(catalog: Catalog): PanelSpec {
  const { message_latency } = catalog.targets;
  const { lateSharePage, fewestMessagesPage } = catalog.thresholds.WsMessageLatencyHigh;
  return bigNumber(
    {
      ...SIZE,
      id: 6,
      title: "Timely messages",
      description: `Of the messages within ${MESSAGES_RANGE_IN_WORDS} whose latency can be known, the share that came in time (${message_latency.title.toLowerCase()}), of the app where it is smallest. Orange below the target, red where so many are late that it pages. ${GREY}`,
      unit: "percentunit",
      queries: judged({
        value: inTime(catalog),
        enough: compare(ofChosenApps(messagesTimed(MESSAGES_RANGE)), ">=", fewestMessagesPage),
        worst: (values) => smallest(1, values),
        legend: "{{app}}",
      }),
      emptyWhere: "no message came whose latency could be known",
      alerts: ["WsMessageLatencyHigh"],
    },
    {
      colors: pagedSteps({
        pagesAt: 1 - lateSharePage,
        warnsAt: message_latency.objective.share,
        badSide: "below",
      }),
      decimals: 1,
      isVerdict: true,
      leadsTo: MESSAGES,
    },
  );
}
