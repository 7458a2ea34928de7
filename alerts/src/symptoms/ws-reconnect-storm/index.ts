import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsReconnectStormRules } from "./alerts.ts";
import { wsReconnectStormCases } from "./cases.ts";
import { wsReconnectStormRunbook } from "./runbook.ts";
import { WS_RECONNECT_STORM_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsReconnectStorm, as a catalog has it. */
export function wsReconnectStorm(catalog: Catalog): Symptom {
  return {
    name: "WsReconnectStorm",
    summary: "Connections are cut, and browsers come back all at once.",
    rules: wsReconnectStormRules(catalog),
    cases: wsReconnectStormCases(catalog),
    runbook: wsReconnectStormRunbook(catalog),
    runbookCases: WS_RECONNECT_STORM_RUNBOOK_CASES,
  };
}
