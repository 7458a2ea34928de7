import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsConnectErrorBudgetBurnRules } from "./alerts.ts";
import { wsConnectErrorBudgetBurnCases } from "./cases.ts";
import { wsConnectErrorBudgetBurnRunbook } from "./runbook.ts";
import { WS_CONNECT_ERROR_BUDGET_BURN_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsConnectErrorBudgetBurn, as a catalog has it. */
export function wsConnectErrorBudgetBurn(catalog: Catalog): Symptom {
  return {
    name: "WsConnectErrorBudgetBurn",
    summary: "Too many users get no connection for the target to hold.",
    rules: wsConnectErrorBudgetBurnRules(catalog),
    cases: wsConnectErrorBudgetBurnCases(catalog),
    runbook: wsConnectErrorBudgetBurnRunbook(catalog),
    runbookCases: WS_CONNECT_ERROR_BUDGET_BURN_RUNBOOK_CASES,
  };
}
