import { SERVER_REHYDRATIONS, SESSIONS_ACTIVE, TIME, TOKEN_REFRESHES } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PROCESS_CPU, PROCESS_START_TIME } from "../metrics/foreign-metrics.ts";
import type { RunbookCases } from "../runbook-cases.ts";
import { PAGES, server, target } from "./healthy-chat.ts";
import { COLLECTOR_CASES } from "./of-collectors-cases.ts";
import { CONNECTION_CASES } from "./of-cuts-cases.ts";
import { OF_MESSAGES_CASES } from "./of-messages-cases.ts";

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
  "connected-time": { [selector(TIME.name, { ...PAGES, state: "reconnecting" })]: "0+6000x100" },
  "pages-there": { [selector(SESSIONS_ACTIVE.name, PAGES)]: "0x100" },
  "failed-refreshes": { [selector(TOKEN_REFRESHES.name, { ...PAGES, outcome: "failed" })]: "0+5x100" },
};
