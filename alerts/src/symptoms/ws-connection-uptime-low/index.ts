import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsConnectionUptimeLowRules } from "./alerts.ts";
import { wsConnectionUptimeLowCases } from "./cases.ts";
import { wsConnectionUptimeLowRunbook } from "./runbook.ts";
import { WS_CONNECTION_UPTIME_LOW_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsConnectionUptimeLow, as a catalog has it. */
export function wsConnectionUptimeLow(catalog: Catalog): Symptom {
  return {
    name: "WsConnectionUptimeLow",
    summary: "Users are without a connection for longer, or are cut more often, than they may.",
    rules: wsConnectionUptimeLowRules(catalog),
    cases: wsConnectionUptimeLowCases(catalog),
    runbook: wsConnectionUptimeLowRunbook(catalog),
    runbookCases: WS_CONNECTION_UPTIME_LOW_RUNBOOK_CASES,
  };
}
