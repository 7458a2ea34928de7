import type { RunbookCases } from "../../runbook/runbook-cases.ts";

/** What each question of the runbook is to see: those to Prometheus are shared. */
export const WS_MESSAGES_NOT_APPEARING_RUNBOOK_CASES: RunbookCases = {
  broken: {},
  brokenLog: {
    "internal-errors": [{ event: "close", code: 1011, reason: "internal_error", correlation_id: "1" }],
    "not-sent-lines": [{ event: "not_sent", reason: "backpressure", correlation_id: "1" }],
  },
};
