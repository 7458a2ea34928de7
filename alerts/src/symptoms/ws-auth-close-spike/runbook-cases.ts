import { AFFECTED_SESSIONS, CLOSES, CONNECT_ATTEMPTS, SERVER_CLOSES, TIME } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PAGES, server } from "../../runbook/proof/healthy-chat.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

const affected = selector(AFFECTED_SESSIONS.name, { ...PAGES, code: "4401" });
const closes = selector(CLOSES.name, { ...PAGES, code: "4401", phase: "opened", ended_by: "peer" });

function serverCloses(reason: string): string {
  return selector(SERVER_CLOSES.name, { ...server(1), code: "4401", reason });
}

/** What each question of the runbook is to see. */
export const WS_AUTH_CLOSE_SPIKE_RUNBOOK_CASES: RunbookCases = {
  broken: {
    "rejected-time": { [selector(TIME.name, { ...PAGES, state: "rejected" })]: "0+600x100" },
    "affected-sessions": { [affected]: "0+10x100" },
    "turned-away-attempts": {
      [selector(CONNECT_ATTEMPTS.name, { ...PAGES, outcome: "rejected", trigger: "initial" })]: "0+10x100",
    },
    "closes-per-session": { [affected]: "0+1x100", [closes]: "0+10x100" },
    "expired-share": { [serverCloses("authentication_expired")]: "0+10x100" },
    "never-good-share": { [serverCloses("authentication_required")]: "0+10x100" },
  },
  brokenLog: {
    threads: Array.from({ length: 6 }, (_, number) => ({
      event: "close",
      code: 4401,
      reason: "authentication_expired",
      thread_id: `thread ${number}`,
      duration_seconds: 60,
    })),
    "shortest-life": [{ event: "close", code: 4401, reason: "authentication_expired", duration_seconds: 60 }],
  },
  answers: {
    "refresh-endpoint": { to: "POST /refresh", healthy: { status: 204 }, broken: { status: 500 } },
  },
};
