import {
  AFFECTED_SESSIONS,
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECTION_DURATION,
  SERVER_CLOSES,
  SERVER_HANDSHAKES_REJECTED,
  TOKEN_REFRESHES,
} from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PROCESS_CPU, PROCESS_START_TIME } from "../metrics/foreign-metrics.ts";
import type { RunbookCases } from "../runbook-cases.ts";
import { PAGES, server, target } from "./healthy-chat.ts";

const cut = {
  [selector(CLOSES.name, { ...PAGES, code: "1006", phase: "opened", ended_by: "network" })]: "0+20x100",
};

/** So many connections a minute that end at the age of a minute, beside the visits of a healthy chat. */
function endingAtAMinute(aMinute: number): Readonly<Record<string, string>> {
  const visits = 20;
  return Object.fromEntries(
    CONNECTION_DURATION.layout.bounds
      .filter((bound) => bound >= 65)
      .map((bound) => [
        selector(`${CONNECTION_DURATION.name}_bucket`, { ...PAGES, le: String(bound) }),
        `0+${aMinute + (bound >= 7200 ? visits : 0)}x100`,
      ]),
  );
}

const failing = {
  [selector(CONNECT_ATTEMPTS.name, { ...PAGES, outcome: "failed", trigger: "backoff" })]: "0+10x100",
};

/** Of the questions in `of-cuts.ts`, `of-attempts.ts`, `of-hours.ts` and `of-processes.ts`, by their ids. */
export const CONNECTION_CASES: RunbookCases["broken"] = {
  "cuts-per-page": cut,
  "cuts-without-a-word": cut,
  "cuts-by-servers": {
    [selector(SERVER_CLOSES.name, { ...server(1), code: "1013", reason: "overload" })]: "0+10x100",
  },
  "proxy-timeouts": endingAtAMinute(10),
  "cut-sessions": { [selector(AFFECTED_SESSIONS.name, { ...PAGES, code: "1006" })]: "0+2x100" },
  "starved-servers": { [selector(PROCESS_CPU.name, target(1))]: "0+57x100" },
  "surviving-servers": { [selector(PROCESS_START_TIME.name, target(1))]: "-86400x79 4800x20" },
  "failed-attempts": failing,
  "cuts-lately": cut,
  "failed-lately": failing,
  "failed-refreshes-lately": {
    [selector(TOKEN_REFRESHES.name, { ...PAGES, outcome: "failed" })]: "0+5x100",
  },
  "refused-handshakes": {
    [selector(SERVER_HANDSHAKES_REJECTED.name, { ...server(1), status: "403", credentials: "present" })]:
      "0+10x100",
  },
};

/** Lines about a dozen connections of as many threads that broke off at the same age. */
export const LOST_LINES: readonly object[] = Array.from({ length: 12 }, (_, number) => ({
  event: "close",
  code: 1006,
  reason: "lost",
  thread_id: `thread ${number}`,
  duration_seconds: 60.1,
}));
