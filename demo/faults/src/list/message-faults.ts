import {
  DUPLICATES_DROPPED,
  FRAMES_RECEIVED,
  MESSAGE_LATENCY,
  REPLY_LATENCY,
  SERVER_FRAMES_SENT,
} from "@sockscope/catalog";
import { type Fault, moves } from "../fault.ts";

/** Faults of single messages on their way to a page, with the names of their parameters. */
export interface MessageFaultParameters {
  delay_messages: "delayMs";
  lose_messages: "share";
  duplicate_messages: "share";
  omit_in_reply_to: never;
}

/** See {@link MessageFaultParameters}. */
export const MESSAGE_FAULTS: {
  readonly [Id in keyof MessageFaultParameters]: Fault<MessageFaultParameters[Id]>;
} = {
  delay_messages: {
    title: "Delay messages",
    whatUsersSee: "Answers come late, and still in their order.",
    metricThatMoves: moves("client", MESSAGE_LATENCY, {}),
    defaultSeconds: 60,
    maxSeconds: 900,
    parameters: {
      delayMs: {
        meaning: "By how much an answer is late, in ms.",
        default: 1_000,
        min: 1,
        max: 60_000,
        isWhole: true,
      },
    },
  },
  lose_messages: {
    title: "Lose messages",
    whatUsersSee: "Answers do not come; they are there after the next connection, with its rehydration.",
    metricThatMoves: moves("server", SERVER_FRAMES_SENT, { event: "assistant_message" }),
    metricThatStays: moves("client", FRAMES_RECEIVED, { event: "assistant_message" }),
    defaultSeconds: 60,
    maxSeconds: 900,
    parameters: {
      share: { meaning: "Which share of the answers is lost.", default: 1, min: 0, max: 1 },
    },
  },
  duplicate_messages: {
    title: "Send messages twice",
    whatUsersSee: "Nothing: the second copy is dropped before it is shown.",
    metricThatMoves: moves("client", DUPLICATES_DROPPED, {}),
    defaultSeconds: 60,
    maxSeconds: 900,
    parameters: {
      share: { meaning: "Which share of the answers comes twice.", default: 1, min: 0, max: 1 },
    },
  },
  omit_in_reply_to: {
    title: "Leave out what an answer answers",
    whatUsersSee:
      "Answers are shown, but nothing connects them with their question; its latency is not known.",
    metricThatMoves: moves("client", FRAMES_RECEIVED, { event: "assistant_message" }),
    metricThatStays: moves("client", REPLY_LATENCY, {}),
    defaultSeconds: 60,
    maxSeconds: 900,
    parameters: {},
  },
};
