import {
  AFFECTED_SESSIONS,
  SERVER_CLOSES,
  SERVER_FRAMES_SENT,
  SERVER_REHYDRATIONS,
} from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PROCESS_START_TIME } from "../../runbook/metrics/foreign-metrics.ts";
import { PAGES, server, target } from "../../runbook/proof/healthy-chat.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

const affected = selector(AFFECTED_SESSIONS.name, { ...PAGES, code: "1011" });
const closes = selector(SERVER_CLOSES.name, { ...server(1), code: "1011", reason: "internal_error" });

function answers(pod: 1 | 2): string {
  return selector(SERVER_FRAMES_SENT.name, { ...server(pod), event: "assistant_message" });
}

/** What each question of the runbook is to see. */
export const WS_INTERNAL_ERROR_CLOSE_SPIKE_RUNBOOK_CASES: RunbookCases = {
  broken: {
    "hit-pages": { [affected]: "0+5x100" },
    "hit-sessions": { [affected]: "0+5x100" },
    "closes-now": { [closes]: "0+10x100" },
    "thrown-share": { [closes]: "0+10x100" },
    "closes-of-new-processes": {
      [closes]: "0+10x100",
      [selector(PROCESS_START_TIME.name, target(1))]: "-86400x79 4800x20",
    },
    "unreadable-threads": {
      [selector(SERVER_REHYDRATIONS.name, { ...server(1), outcome: "failed" })]: "0+5x100",
    },
    "messages-handled": { [answers(1)]: "0+10x100", [answers(2)]: "0+10x100" },
  },
  brokenLog: {
    threads: Array.from({ length: 6 }, (_, number) => ({
      event: "close",
      code: 1011,
      reason: "internal_error",
      thread_id: `thread ${number}`,
      duration_seconds: 60,
    })),
    "fast-failures": Array.from({ length: 6 }, (_, number) => ({
      event: "close",
      code: 1011,
      reason: "internal_error",
      correlation_id: String(number),
      duration_seconds: 1,
    })),
  },
};
