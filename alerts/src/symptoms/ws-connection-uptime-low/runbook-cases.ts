import { TIME } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PAGES } from "../../runbook/proof/healthy-chat.ts";
import { LOST_LINES } from "../../runbook/proof/of-cuts-cases.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

/** What each question of the runbook is to see. */
export const WS_CONNECTION_UPTIME_LOW_RUNBOOK_CASES: RunbookCases = {
  broken: {
    "pages-without": { [selector(TIME.name, { ...PAGES, state: "reconnecting" })]: "0+6000x100" },
    "rejected-lately": { [selector(TIME.name, { ...PAGES, state: "rejected" })]: "0+600x100" },
  },
  brokenLog: { threads: LOST_LINES, "age-of-the-lost": LOST_LINES },
};
