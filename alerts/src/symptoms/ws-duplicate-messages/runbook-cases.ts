import { CLOSES, DUPLICATES_RENDERED } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PAGES } from "../../runbook/proof/healthy-chat.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

const SHOWN = { [selector(DUPLICATES_RENDERED.name, PAGES)]: "0+1x100" };
const CUT = { ...PAGES, code: "1006", phase: "opened", ended_by: "network" };

/** What each question of the runbook is to see. */
export const WS_DUPLICATE_MESSAGES_RUNBOOK_CASES: RunbookCases = {
  broken: {
    "shown-twice": SHOWN,
    "shown-twice-many": SHOWN,
    "shown-unexplained": SHOWN,
    "cuts-per-page": { [selector(CLOSES.name, CUT)]: "0+10x100" },
  },
};
