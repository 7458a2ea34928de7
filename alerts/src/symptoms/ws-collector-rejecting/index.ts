import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsCollectorRejectingRules } from "./alerts.ts";
import { wsCollectorRejectingCases } from "./cases.ts";
import { wsCollectorRejectingRunbook } from "./runbook.ts";
import { WS_COLLECTOR_REJECTING_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsCollectorRejecting, as a catalog has it. */
export function wsCollectorRejecting(catalog: Catalog): Symptom {
  return {
    name: "WsCollectorRejecting",
    summary: "The collector refuses what pages send.",
    rules: wsCollectorRejectingRules(catalog),
    cases: wsCollectorRejectingCases(catalog),
    runbook: wsCollectorRejectingRunbook(catalog),
    runbookCases: WS_COLLECTOR_REJECTING_RUNBOOK_CASES,
  };
}
