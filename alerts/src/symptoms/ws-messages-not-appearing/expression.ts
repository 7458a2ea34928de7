import {
  DUPLICATES_DROPPED,
  FRAMES_RECEIVED,
  type Period,
  SERVER_FRAMES_SENT,
  STALE_FRAMES_DROPPED,
} from "@sockscope/catalog";
import { add, and, avgOverTime, compare, divide, increase, multiply, rate, sumBy } from "@sockscope/promql";
import {
  ASSISTANT_MESSAGES,
  ASSISTANT_MESSAGES_RECEIVED_PER_SENT,
  COULD_BE_ANSWERED,
  recorded,
  UNANSWERED_RATIOS,
  userMessages,
} from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** Of what users wrote. */
export const UNANSWERED_SHARE = 0.2;
/** Fewer messages than this are a few users. */
export const FEWEST_USER_MESSAGES = 30;
/** What remains of yesterday's share of received messages, below which some do not arrive. */
export const OF_YESTERDAY = 0.8;
/** In which they are counted. */
const DROPPED_RANGE: Period = "10m";
/** Of the messages that browsers received and threw away. */
export const DROPPED_SHARE = 0.05;
/** With fewer messages than this, sent or received, a share says little. */
export const FEWEST_ASSISTANT_MESSAGES = 200;

const unanswered = UNANSWERED_RATIOS["5m"];
const received = recorded(ASSISTANT_MESSAGES_RECEIVED_PER_SENT);
const { range } = ASSISTANT_MESSAGES_RECEIVED_PER_SENT;

const SUMMARY = "Users write, or the server answers, and nothing comes to the page.";

/** When WsMessagesNotAppearing fires. */
export const WS_MESSAGES_NOT_APPEARING_RULES: readonly AlertRule[] = [
  {
    name: "WsMessagesNotAppearing",
    summary: SUMMARY,
    severity: "page",
    labels: { evidence: "unanswered" },
    expression: and(
      compare(recorded(unanswered), ">", UNANSWERED_SHARE),
      compare(userMessages(unanswered.range, COULD_BE_ANSWERED), ">=", FEWEST_USER_MESSAGES),
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
      compare(received, "<", multiply(OF_YESTERDAY, avgOverTime(received, "1d", { offset: "15m" }))),
      compare(
        sumBy([], increase(SERVER_FRAMES_SENT, ASSISTANT_MESSAGES, range)),
        ">=",
        FEWEST_ASSISTANT_MESSAGES,
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
        DROPPED_SHARE,
      ),
      compare(
        sumBy(["app"], increase(FRAMES_RECEIVED, ASSISTANT_MESSAGES, DROPPED_RANGE)),
        ">=",
        FEWEST_ASSISTANT_MESSAGES,
      ),
    ),
    holds: "5m",
    keepFiringFor: "10m",
  },
];
