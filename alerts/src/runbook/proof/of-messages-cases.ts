import {
  DUPLICATES_DROPPED,
  FRAMES_RECEIVED,
  REPLY_LATENCY,
  SERVER_FRAMES_REFUSED,
  SERVER_FRAMES_SENT,
  STALE_FRAMES_DROPPED,
} from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import type { RunbookCases } from "../runbook-cases.ts";
import { PAGES, server } from "./healthy-chat.ts";

/** Hardly an answer comes in the time that the target gives it. */
const FEW_IN_TIME = { [selector(`${REPLY_LATENCY.name}_bucket`, { ...PAGES, le: "30" })]: "0+90x100" };

/** Of the questions in `of-messages.ts`, by their ids. */
export const OF_MESSAGES_CASES: RunbookCases["broken"] = {
  unanswered: FEW_IN_TIME,
  "unanswered-messages": FEW_IN_TIME,
  "late-answers": FEW_IN_TIME,
  "answers-sent": {
    [selector(SERVER_FRAMES_SENT.name, { ...server(1), event: "assistant_message" })]: "0+60x100",
    [selector(SERVER_FRAMES_SENT.name, { ...server(2), event: "assistant_message" })]: "0+60x100",
  },
  "answers-arriving": {
    [selector(FRAMES_RECEIVED.name, { ...PAGES, event: "assistant_message" })]: "0+130x100",
  },
  "answers-named": { [selector(`${REPLY_LATENCY.name}_count`, PAGES)]: "0+130x100" },
  "duplicates-dropped": { [selector(DUPLICATES_DROPPED.name, PAGES)]: "0+8x100" },
  "stale-dropped": { [selector(STALE_FRAMES_DROPPED.name, PAGES)]: "0+8x100" },
  "refused-frames": {
    [selector(SERVER_FRAMES_REFUSED.name, { ...server(1), reason: "invalid" })]: "0+20x100",
  },
};
