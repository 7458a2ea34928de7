import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { watchdogRules } from "./alerts.ts";
import { WATCHDOG_CASES } from "./cases.ts";
import { WATCHDOG_RUNBOOK } from "./runbook.ts";
import { WATCHDOG_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom Watchdog, as a catalog has it. */
export function watchdog(catalog: Catalog): Symptom {
  return {
    name: "Watchdog",
    summary: "Fires always: whoever waits for it learns from its silence that nobody is told of anything.",
    rules: watchdogRules(catalog),
    cases: WATCHDOG_CASES,
    runbook: WATCHDOG_RUNBOOK,
    runbookCases: WATCHDOG_RUNBOOK_CASES,
  };
}
