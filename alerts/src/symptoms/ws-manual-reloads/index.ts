import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsManualReloadsRules } from "./alerts.ts";
import { wsManualReloadsCases } from "./cases.ts";
import { wsManualReloadsRunbook } from "./runbook.ts";
import { WS_MANUAL_RELOADS_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsManualReloads, as a catalog has it. */
export function wsManualReloads(catalog: Catalog): Symptom {
  return {
    name: "WsManualReloads",
    summary: "Users press reload because their chat does not come back.",
    rules: wsManualReloadsRules(catalog),
    cases: wsManualReloadsCases(catalog),
    runbook: wsManualReloadsRunbook(catalog),
    runbookCases: WS_MANUAL_RELOADS_RUNBOOK_CASES,
  };
}
