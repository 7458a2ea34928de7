import {
  type Catalog,
  DUPLICATES_DROPPED,
  FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
  STALE_FRAMES_DROPPED,
} from "@sockscope/catalog";
import { add, and, compare, divide, increase, multiply, rate, sumBy } from "@sockscope/promql";
import {
  ALERT_WINDOWS,
  ASSISTANT_MESSAGES,
  ASSISTANT_MESSAGES_RECEIVED_PER_SENT,
  couldBeAnswered,
  meanOfDayBefore,
  recorded,
  UNANSWERED_RATIOS,
  userMessages,
} from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** In which they are counted. */
const { dropped: DROPPED_RANGE, beforeNow } = ALERT_WINDOWS.WsMessagesNotAppearing;

const unanswered = UNANSWERED_RATIOS["5m"];
const received = recorded(ASSISTANT_MESSAGES_RECEIVED_PER_SENT);
const { range } = ASSISTANT_MESSAGES_RECEIVED_PER_SENT;

const SUMMARY = "Users write, or the server answers, and nothing comes to the page.";

/** When WsMessagesNotAppearing fires. */
export function wsMessagesNotAppearingRules(catalog: Catalog): readonly AlertRule[] {
  const { unansweredShare, fewestUserMessages, ofYesterday, droppedShare, fewestAssistantMessages } =
    catalog.thresholds.WsMessagesNotAppearing;
  return [
    {
      name: "WsMessagesNotAppearing",
      summary: SUMMARY,
      severity: "page",
      labels: { evidence: "unanswered" },
      expression: and(
        compare(recorded(unanswered), ">", unansweredShare),
        compare(userMessages(unanswered.range, couldBeAnswered(catalog)), ">=", fewestUserMessages),
      ),
      holds: "2m",
      keepFiringFor: "10m",
    },
    {
      name: "WsMessagesNotAppearing",
      summary: SUMMARY,
      severity: "page",
      labels: { evidence: "undelivered" },
      // Against its own yesterday, without the last minutes: pages without the SDK are always missing.
      expression: and(
        compare(received, "<", multiply(ofYesterday, meanOfDayBefore(received, beforeNow))),
        compare(
          sumBy([], increase(SERVER_FRAMES_SENT, ASSISTANT_MESSAGES, range)),
          ">=",
          fewestAssistantMessages,
        ),
      ),
      holds: "5m",
      keepFiringFor: "10m",
    },
    {
      name: "WsMessagesNotAppearing",
      summary: SUMMARY,
      severity: "page",
      labels: { evidence: "dropped" },
      expression: and(
        compare(
          divide(
            add(
              sumBy(["app"], rate(DUPLICATES_DROPPED, {}, DROPPED_RANGE)),
              sumBy(["app"], rate(STALE_FRAMES_DROPPED, {}, DROPPED_RANGE)),
            ),
            sumBy(["app"], rate(FRAMES_RECEIVED, ASSISTANT_MESSAGES, DROPPED_RANGE)),
          ),
          ">",
          droppedShare,
        ),
        compare(
          sumBy(["app"], increase(FRAMES_RECEIVED, ASSISTANT_MESSAGES, DROPPED_RANGE)),
          ">=",
          fewestAssistantMessages,
        ),
      ),
      holds: "5m",
      keepFiringFor: "10m",
    },
  ];
}
