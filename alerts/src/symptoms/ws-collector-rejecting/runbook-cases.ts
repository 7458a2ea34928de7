import { COLLECTOR_BATCHES, COLLECTOR_REFUSALS } from "@sockscope/catalog";
import type { RefusalCode } from "@sockscope/catalog/protocol";
import { selector } from "@sockscope/promql";
import { PAGES } from "../../runbook/proof/healthy-chat.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

function refused(code: RefusalCode): RunbookCases["broken"][string] {
  return { [selector(COLLECTOR_REFUSALS.name, { ...PAGES, code })]: "0+10x100" };
}

/** A collector's status after it refused something a moment ago, and an app long before. */
function statusWith(code: RefusalCode): string {
  const refused = { app: "chat", count: 7, last_message: "Origin is absent" };
  return JSON.stringify({
    since: "2026-01-05T08:00:00.000Z",
    refused: [
      { ...refused, code: "SOCKSCOPE_ERR_APP", last_at: "2026-01-05T09:00:00.000Z" },
      { ...refused, code, last_at: new Date().toISOString() },
    ],
  });
}

/** What each question of the runbook is to see. */
export const WS_COLLECTOR_REJECTING_RUNBOOK_CASES: RunbookCases = {
  broken: {
    refusals: refused("SOCKSCOPE_ERR_KEY"),
    "pages-refused": { [selector(COLLECTOR_BATCHES.name, { ...PAGES, result: "refused" })]: "0+40x100" },
    "refused-for-configuration": refused("SOCKSCOPE_ERR_ORIGIN"),
    "refused-for-want-of-room": refused("SOCKSCOPE_ERR_SESSIONS_FULL"),
    "refused-for-a-fault": refused("SOCKSCOPE_ERR_INTERNAL"),
    "refused-as-unreadable": refused("SOCKSCOPE_ERR_BATCH"),
    "refused-as-late": refused("SOCKSCOPE_ERR_TOO_OLD"),
  },
  brokenLog: { "collector-faults": [{ event: "fault", fault: "Error: the disk is full" }] },
  answers: {
    "misfits-in-status": {
      to: "GET /status",
      healthy: { status: 200, body: () => statusWith("SOCKSCOPE_ERR_PATH") },
      broken: { status: 200, body: () => statusWith("SOCKSCOPE_ERR_ORIGIN") },
    },
  },
};
