import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsClientTelemetryLostRules } from "./alerts.ts";
import { wsClientTelemetryLostCases } from "./cases.ts";
import { wsClientTelemetryLostRunbook } from "./runbook.ts";
import { WS_CLIENT_TELEMETRY_LOST_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsClientTelemetryLost, as a catalog has it. */
export function wsClientTelemetryLost(catalog: Catalog): Symptom {
  return {
    name: "WsClientTelemetryLost",
    summary: "Browsers see less than they should: every number of theirs is too small.",
    rules: wsClientTelemetryLostRules(catalog),
    cases: wsClientTelemetryLostCases(catalog),
    runbook: wsClientTelemetryLostRunbook(catalog),
    runbookCases: WS_CLIENT_TELEMETRY_LOST_RUNBOOK_CASES,
  };
}
