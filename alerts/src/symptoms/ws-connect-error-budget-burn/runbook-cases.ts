import { CONNECT_ATTEMPTS, type ConnectOutcome } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PAGES } from "../../runbook/proof/healthy-chat.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

function firstAttempts(outcome: ConnectOutcome): Readonly<Record<string, string>> {
  return { [selector(CONNECT_ATTEMPTS.name, { ...PAGES, outcome, trigger: "initial" })]: "0+5x100" };
}

/** What each question of the runbook is to see. */
export const WS_CONNECT_ERROR_BUDGET_BURN_RUNBOOK_CASES: RunbookCases = {
  broken: {
    "connect-errors-now": firstAttempts("failed"),
    "connect-errors": firstAttempts("failed"),
    "first-failed": firstAttempts("failed"),
    "first-dropped": firstAttempts("dropped"),
    "first-rejected": firstAttempts("rejected"),
    "first-timed-out": firstAttempts("timed_out"),
  },
  brokenLog: {
    threads: Array.from({ length: 6 }, (_, number) => ({
      event: "close",
      code: 1013,
      reason: "overload",
      correlation_id: `connection ${number}`,
      duration_seconds: 0.1,
    })),
  },
};
