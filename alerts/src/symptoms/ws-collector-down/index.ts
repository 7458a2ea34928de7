import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsCollectorDownRules } from "./alerts.ts";
import { wsCollectorDownCases } from "./cases.ts";
import { wsCollectorDownRunbook } from "./runbook.ts";
import { WS_COLLECTOR_DOWN_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsCollectorDown, as a catalog has it. */
export function wsCollectorDown(catalog: Catalog): Symptom {
  return {
    name: "WsCollectorDown",
    summary: "Collectors cannot be scraped: what browsers see is missing.",
    rules: wsCollectorDownRules(catalog),
    cases: wsCollectorDownCases(catalog),
    runbook: wsCollectorDownRunbook(catalog),
    runbookCases: WS_COLLECTOR_DOWN_RUNBOOK_CASES,
  };
}
