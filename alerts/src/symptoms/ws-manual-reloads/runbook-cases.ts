import { AFFECTED_SESSIONS, DOWNTIME, PAGE_RELOADS, RECONNECT_EPISODES } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PAGES } from "../../runbook/proof/healthy-chat.ts";
import { LOST_LINES } from "../../runbook/proof/of-cuts-cases.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

const reloads = { [selector(PAGE_RELOADS.name, { ...PAGES, socket: "reconnecting" })]: "0+1x100" };

/** What each question of the runbook is to see. */
export const WS_MANUAL_RELOADS_RUNBOOK_CASES: RunbookCases = {
  broken: {
    "reloads-per-load": reloads,
    "reloads-per-cut": reloads,
    "reloads-now": reloads,
    "loads-that-felt-a-cut": {
      [selector(AFFECTED_SESSIONS.name, { ...PAGES, code: "1006" })]: "0+2x100",
    },
    "slow-recovery": {
      [selector(`${DOWNTIME.name}_bucket`, { ...PAGES, after: "close", le: "19.2" })]: "0x100",
      [selector(RECONNECT_EPISODES.name, { ...PAGES, outcome: "gave_up", after: "close" })]: "0+1x100",
    },
  },
  brokenLog: { threads: LOST_LINES },
};
