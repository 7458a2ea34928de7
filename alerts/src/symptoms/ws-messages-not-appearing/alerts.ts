import {
  boundText,
  type Catalog,
  DUPLICATES_DROPPED,
  FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
  STALE_FRAMES_DROPPED,
} from "@sockscope/catalog";
import { add, and, compare, divide, increase, multiply, rangeInWords, rate, sumBy } from "@sockscope/promql";
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
import { type AlertRule, APP, SHARE } from "../alert.ts";
import { percentage } from "../human-numbers.ts";
import { panelOf } from "../panel-of.ts";

/** In which dropped frames are counted, and what is left out of the mean that is compared with. */
const { dropped: DROPPED_RANGE, beforeNow } = ALERT_WINDOWS.WsMessagesNotAppearing;

const unanswered = UNANSWERED_RATIOS["5m"];
const received = recorded(ASSISTANT_MESSAGES_RECEIVED_PER_SENT);
const { range } = ASSISTANT_MESSAGES_RECEIVED_PER_SENT;

/** When WsMessagesNotAppearing fires, and what it says. */
export function wsMessagesNotAppearingRules(catalog: Catalog): readonly AlertRule[] {
  const { unansweredShare, fewestUserMessages, ofYesterday, droppedShare, fewestAssistantMessages } =
    catalog.thresholds.WsMessagesNotAppearing;
  return [
    {
      severity: "page",
      labels: { evidence: "unanswered" },
      expression: and(
        compare(recorded(unanswered), ">", unansweredShare),
        compare(userMessages(unanswered.range, couldBeAnswered(catalog)), ">=", fewestUserMessages),
      ),
      holds: "2m",
      keepFiringFor: "10m",
      description: `Within the last ${rangeInWords(unanswered.range)}, ${SHARE} of what users of ${APP} wrote had no answer on the page in ${boundText(catalog.targets.message_delivery.objective)}.`,
      panel: panelOf(catalog, "Messages without an answer, against the alert"),
    },
    {
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
      description: `Within the last ${rangeInWords(range)}, browsers received ${SHARE} of the assistant messages that servers sent, less than ${percentage(ofYesterday)} of their mean share within the day before.`,
      panel: panelOf(catalog, "Assistant messages received, against the day before"),
    },
    {
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
      description: `Within the last ${rangeInWords(DROPPED_RANGE)}, pages of ${APP} threw away ${SHARE} as many frames, as duplicates or of an old socket, as they received assistant messages.`,
      panel: panelOf(catalog, "Frames that browsers dropped, per message received"),
    },
  ];
}
