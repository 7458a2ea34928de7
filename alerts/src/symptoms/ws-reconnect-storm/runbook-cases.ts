import { LOST_LINES } from "../../runbook/proof/of-cuts-cases.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

/** What each question of the runbook is to see. */
export const WS_RECONNECT_STORM_RUNBOOK_CASES: RunbookCases = {
  broken: {},
  brokenLog: { threads: LOST_LINES, "age-of-the-lost": LOST_LINES },
};
