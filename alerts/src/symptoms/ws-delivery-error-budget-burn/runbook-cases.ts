import type { RunbookCases } from "../../runbook/runbook-cases.ts";

/** What each question of the runbook is to see: those to Prometheus are shared. */
export const WS_DELIVERY_ERROR_BUDGET_BURN_RUNBOOK_CASES: RunbookCases = {
  broken: {},
  brokenLog: {
    "internal-errors": [{ event: "close", code: 1011, reason: "internal_error", correlation_id: "1" }],
  },
};
