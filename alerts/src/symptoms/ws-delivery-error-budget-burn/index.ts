import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsDeliveryErrorBudgetBurnRules } from "./alerts.ts";
import { wsDeliveryErrorBudgetBurnCases } from "./cases.ts";

/** The symptom WsDeliveryErrorBudgetBurn, as a catalog has it. */
export function wsDeliveryErrorBudgetBurn(catalog: Catalog): Symptom {
  return {
    name: "WsDeliveryErrorBudgetBurn",
    summary: "Too many messages stay without an answer for the target to hold.",
    rules: wsDeliveryErrorBudgetBurnRules(catalog),
    cases: wsDeliveryErrorBudgetBurnCases(catalog),
  };
}
