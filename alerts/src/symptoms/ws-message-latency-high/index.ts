import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsMessageLatencyHighRules } from "./alerts.ts";
import { wsMessageLatencyHighCases } from "./cases.ts";
import { wsMessageLatencyHighRunbook } from "./runbook.ts";
import { WS_MESSAGE_LATENCY_HIGH_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsMessageLatencyHigh, as a catalog has it. */
export function wsMessageLatencyHigh(catalog: Catalog): Symptom {
  return {
    name: "WsMessageLatencyHigh",
    summary: "Messages arrive late.",
    rules: wsMessageLatencyHighRules(catalog),
    cases: wsMessageLatencyHighCases(catalog),
    runbook: wsMessageLatencyHighRunbook(catalog),
    runbookCases: WS_MESSAGE_LATENCY_HIGH_RUNBOOK_CASES,
  };
}
