import type { Catalog } from "@sockscope/catalog";
import { compare, largest, rangeInWords } from "@sockscope/promql";
import {
  ALERT_WINDOWS,
  couldBeAnswered,
  duplicatesShownSli,
  errorBudget,
  FASTEST_BURN_RATE,
  lineOf,
  messagesTimed,
  SEND_ERROR_SHARE,
  SEND_ERRORS,
  UNANSWERED_RATIOS,
  userMessages,
} from "@sockscope/slo";
import { bigNumber } from "../panels/big-number.ts";
import { judged, judgedByBad } from "../panels/judged.ts";
import { pagedSteps } from "../panels/paged-steps.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { verdictSteps } from "../panels/thresholds.ts";
import { ofChosenApps } from "../windows.ts";
import {
  inTime,
  MESSAGES_RANGE,
  MESSAGES_RANGE_IN_WORDS,
  UNANSWERED_IN_WORDS,
  unanswered,
} from "./in-time.ts";

function inTimePanel(catalog: Catalog): PanelSpec {
  const { objective } = catalog.targets.message_latency;
  const { lateSharePage, fewestMessagesPage } = catalog.thresholds.WsMessageLatencyHigh;
  return bigNumber(
    {
      id: 1,
      width: 6,
      height: 4,
      title: "Messages in time",
      description: `Of the messages within the last ${MESSAGES_RANGE_IN_WORDS} whose latency browsers can know, those that arrived within ${objective.bound} s of being sent; exact, not interpolated. Green from the target on; red is a page. Grey with fewer than ${fewestMessagesPage} messages. It is the way to the page and not the time until an answer.`,
      unit: "percentunit",
      queries: judged({
        value: inTime(catalog),
        enough: compare(ofChosenApps(messagesTimed(MESSAGES_RANGE)), ">=", fewestMessagesPage),
        legend: "{{app}}",
      }),
      emptyWhere: "no message came whose latency is known",
      alerts: ["WsMessageLatencyHigh"],
    },
    {
      colors: pagedSteps({ pagesAt: 1 - lateSharePage, warnsAt: objective.share, badSide: "below" }),
      isVerdict: true,
    },
  );
}

function unansweredPanel(catalog: Catalog): PanelSpec {
  const target = catalog.targets.message_delivery;
  const { unansweredShare, fewestUserMessages } = catalog.thresholds.WsMessagesNotAppearing;
  const { range } = UNANSWERED_RATIOS["5m"];
  return bigNumber(
    {
      id: 2,
      width: 6,
      height: 4,
      title: "Messages without an answer",
      description: `Of what users wrote ${target.objective.bound} s and longer ago, within ${UNANSWERED_IN_WORDS}, what had no answer on the page in time; browsers on both sides, so pages without the SDK do not matter. Red is a page. Grey with fewer than ${fewestUserMessages} messages. A chat whose users do not expect an answer is red for good: leave the alert out there.`,
      unit: "percentunit",
      queries: judged({
        value: unanswered(catalog),
        enough: compare(
          ofChosenApps(userMessages(range, couldBeAnswered(catalog))),
          ">=",
          fewestUserMessages,
        ),
        legend: "{{app}}",
      }),
      emptyWhere: "nobody wrote",
      alerts: ["WsMessagesNotAppearing", "WsDeliveryErrorBudgetBurn"],
    },
    {
      colors: pagedSteps({
        pagesAt: unansweredShare,
        warnsAt: FASTEST_BURN_RATE * errorBudget(target),
        badSide: "above",
      }),
    },
  );
}

function duplicatesPanel(catalog: Catalog): PanelSpec {
  const { duplicates_shown } = catalog.targets;
  return bigNumber(
    {
      id: 3,
      width: 6,
      height: 4,
      title: "Duplicates that users saw",
      description: `Messages that pages showed twice within the last ${rangeInWords(duplicates_shown.per)}, told by their render layer. Zero is worth nothing where the application does not call \`rendered\`. Copies that were dropped in time are none.`,
      unit: "short",
      queries: [
        {
          refId: "shown",
          expression: ofChosenApps(duplicatesShownSli(catalog).value),
          legend: "{{app}}",
        },
      ],
      alerts: ["WsDuplicateMessages"],
    },
    { colors: verdictSteps(lineOf(duplicates_shown)), decimals: 0 },
  );
}

const { frames: FRAMES_RANGE } = ALERT_WINDOWS.WsMessageSendErrors;

function sendErrorsPanel(catalog: Catalog): PanelSpec {
  const { share, fewestErrors } = catalog.thresholds.WsMessageSendErrors;
  return bigNumber(
    {
      id: 4,
      width: 6,
      height: 4,
      title: "Messages that could not be sent",
      description: `Of the frames that servers were to hand to a socket within the last ${rangeInWords(FRAMES_RANGE)}, as the servers count them; without those whose user had just left; of the job where it is largest. Red is a page. Grey where it would be red by fewer than ${fewestErrors} errors. What is handed over has not arrived yet.`,
      unit: "percentunit",
      queries: judgedByBad({
        value: ofChosenApps(SEND_ERROR_SHARE),
        badFrom: share,
        bad: ofChosenApps(SEND_ERRORS),
        fewest: fewestErrors,
        worst: (values) => largest(1, values),
        legend: "{{job}}",
      }),
      emptyWhere: "no server sent anything",
      alerts: ["WsMessageSendErrors"],
    },
    { colors: verdictSteps({ at: share, badSide: "above" }) },
  );
}

/** What is there at this moment. */
export function messagesNow(catalog: Catalog): readonly PanelSpec[] {
  return [inTimePanel(catalog), unansweredPanel(catalog), duplicatesPanel(catalog), sendErrorsPanel(catalog)];
}
