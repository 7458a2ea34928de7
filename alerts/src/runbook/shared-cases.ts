import {
  SERVER_CLOSES,
  SERVER_FRAMES_SENT,
  SERVER_REHYDRATIONS,
  SESSIONS_ACTIVE,
  TIME,
  TOKEN_REFRESHES,
} from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PROCESS_CPU, PROCESS_START_TIME } from "./foreign-metrics.ts";
import { PAGES, server, target } from "./healthy-chat.ts";
import { COLLECTOR_CASES } from "./of-collectors-cases.ts";
import { CONNECTION_CASES } from "./of-cuts-cases.ts";
import { OF_MESSAGES_CASES } from "./of-messages-cases.ts";
import type { RunbookCases } from "./runbook-cases.ts";

/** Of the questions that several runbooks ask, by their ids. */
export const SHARED_CASES: RunbookCases["broken"] = {
  ...OF_MESSAGES_CASES,
  ...COLLECTOR_CASES,
  ...CONNECTION_CASES,
  "servers-scraped": { [selector("up", target(1))]: "1x60 0x40" },
  "servers-started": { [selector(PROCESS_START_TIME.name, target(1))]: "-86400x79 4800x20" },
  "busiest-server": { [selector(PROCESS_CPU.name, target(1))]: "0+57x100" },
  "failed-rehydrations": {
    [selector(SERVER_REHYDRATIONS.name, { ...server(1), outcome: "failed" })]: "0+2x100",
  },
  "answers-per-message": {
    [selector(SERVER_FRAMES_SENT.name, { ...server(1), event: "assistant_message" })]: "0+10x100",
    [selector(SERVER_FRAMES_SENT.name, { ...server(2), event: "assistant_message" })]: "0+10x100",
  },
  "drained-connections": {
    [selector(SERVER_CLOSES.name, { ...server(1), code: "1012", reason: "restart" })]: "0x80 500x20",
  },
  "connected-time": { [selector(TIME.name, { ...PAGES, state: "reconnecting" })]: "0+6000x100" },
  "pages-there": { [selector(SESSIONS_ACTIVE.name, PAGES)]: "0x100" },
  "failed-refreshes": { [selector(TOKEN_REFRESHES.name, { ...PAGES, outcome: "failed" })]: "0+5x100" },
};
