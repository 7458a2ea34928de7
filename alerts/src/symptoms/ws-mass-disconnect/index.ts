import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsMassDisconnectRules } from "./alerts.ts";
import { wsMassDisconnectCases } from "./cases.ts";
import { wsMassDisconnectRunbook } from "./runbook.ts";
import { WS_MASS_DISCONNECT_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsMassDisconnect, as a catalog has it. */
export function wsMassDisconnect(catalog: Catalog): Symptom {
  return {
    name: "WsMassDisconnect",
    summary: "Many connections are gone at once.",
    rules: wsMassDisconnectRules(catalog),
    cases: wsMassDisconnectCases(catalog),
    runbook: wsMassDisconnectRunbook(catalog),
    runbookCases: WS_MASS_DISCONNECT_RUNBOOK_CASES,
  };
}
