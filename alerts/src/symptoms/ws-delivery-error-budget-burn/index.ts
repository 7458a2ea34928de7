import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsDeliveryErrorBudgetBurnRules } from "./alerts.ts";
import { wsDeliveryErrorBudgetBurnCases } from "./cases.ts";
import { wsDeliveryErrorBudgetBurnRunbook } from "./runbook.ts";
import { WS_DELIVERY_ERROR_BUDGET_BURN_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsDeliveryErrorBudgetBurn, as a catalog has it. */
export function wsDeliveryErrorBudgetBurn(catalog: Catalog): Symptom {
  return {
    name: "WsDeliveryErrorBudgetBurn",
    summary: "Too many messages stay without an answer for the target to hold.",
    rules: wsDeliveryErrorBudgetBurnRules(catalog),
    cases: wsDeliveryErrorBudgetBurnCases(catalog),
    runbook: wsDeliveryErrorBudgetBurnRunbook(catalog),
    runbookCases: WS_DELIVERY_ERROR_BUDGET_BURN_RUNBOOK_CASES,
  };
}
