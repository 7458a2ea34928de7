import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsClientMemoryGrowthRules } from "./alerts.ts";
import { wsClientMemoryGrowthCases } from "./cases.ts";
import { wsClientMemoryGrowthRunbook } from "./runbook.ts";
import { WS_CLIENT_MEMORY_GROWTH_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsClientMemoryGrowth, as a catalog has it. */
export function wsClientMemoryGrowth(catalog: Catalog): Symptom {
  return {
    name: "WsClientMemoryGrowth",
    summary: "Pages that stay open all day fill their memory.",
    rules: wsClientMemoryGrowthRules(catalog),
    cases: wsClientMemoryGrowthCases(catalog),
    runbook: wsClientMemoryGrowthRunbook(catalog),
    runbookCases: WS_CLIENT_MEMORY_GROWTH_RUNBOOK_CASES,
  };
}
