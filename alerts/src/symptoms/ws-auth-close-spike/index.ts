import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsAuthCloseSpikeRules } from "./alerts.ts";
import { wsAuthCloseSpikeCases } from "./cases.ts";
import { wsAuthCloseSpikeRunbook } from "./runbook.ts";
import { WS_AUTH_CLOSE_SPIKE_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsAuthCloseSpike, as a catalog has it. */
export function wsAuthCloseSpike(catalog: Catalog): Symptom {
  return {
    name: "WsAuthCloseSpike",
    summary: "Users lose their chat and are told to refresh the page, because authentication fails.",
    rules: wsAuthCloseSpikeRules(catalog),
    cases: wsAuthCloseSpikeCases(catalog),
    runbook: wsAuthCloseSpikeRunbook(catalog),
    runbookCases: WS_AUTH_CLOSE_SPIKE_RUNBOOK_CASES,
  };
}
