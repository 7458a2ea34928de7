import { SERVER_HANDSHAKES_REJECTED, SERVER_REHYDRATIONS } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { server } from "../../runbook/proof/healthy-chat.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

function forbiddenAt(pod: 1 | 2): string {
  return selector(SERVER_HANDSHAKES_REJECTED.name, { ...server(pod), status: "403", credentials: "present" });
}

const threads = {
  [selector(SERVER_REHYDRATIONS.name, { ...server(1), outcome: "forbidden" })]: "0+1x100",
};

/** What each question of the runbook is to see. */
export const WS_HANDSHAKE_FORBIDDEN_RUNBOOK_CASES: RunbookCases = {
  broken: {
    "forbidden-share": { [forbiddenAt(1)]: "0+5x100" },
    "forbidden-nearly-all": { [forbiddenAt(1)]: "0+20x100", [forbiddenAt(2)]: "0+20x100" },
    "forbidden-apart": { [forbiddenAt(1)]: "0+20x100" },
    "forbidden-handshakes": { [forbiddenAt(1)]: "0+20x100" },
    "forbidden-threads": threads,
    "forbidden-threads-now": threads,
  },
  brokenLog: {
    threads: Array.from({ length: 6 }, (_, number) => ({
      event: "not_rehydrated",
      reason: "forbidden",
      thread_id: `thread ${number}`,
    })),
  },
};
