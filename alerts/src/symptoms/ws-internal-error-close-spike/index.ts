import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsInternalErrorCloseSpikeRules } from "./alerts.ts";
import { wsInternalErrorCloseSpikeCases } from "./cases.ts";
import { wsInternalErrorCloseSpikeRunbook } from "./runbook.ts";
import { WS_INTERNAL_ERROR_CLOSE_SPIKE_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsInternalErrorCloseSpike, as a catalog has it. */
export function wsInternalErrorCloseSpike(catalog: Catalog): Symptom {
  return {
    name: "WsInternalErrorCloseSpike",
    summary: "The chat server fails and takes connections with it.",
    rules: wsInternalErrorCloseSpikeRules(catalog),
    cases: wsInternalErrorCloseSpikeCases(catalog),
    runbook: wsInternalErrorCloseSpikeRunbook(catalog),
    runbookCases: WS_INTERNAL_ERROR_CLOSE_SPIKE_RUNBOOK_CASES,
  };
}
