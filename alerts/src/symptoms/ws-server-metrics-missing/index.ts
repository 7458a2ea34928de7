import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsServerMetricsMissingRules } from "./alerts.ts";
import { wsServerMetricsMissingCases } from "./cases.ts";
import { wsServerMetricsMissingRunbook } from "./runbook.ts";
import { WS_SERVER_METRICS_MISSING_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsServerMetricsMissing, as a catalog has it. */
export function wsServerMetricsMissing(catalog: Catalog): Symptom {
  return {
    name: "WsServerMetricsMissing",
    summary: "Chat servers serve users, and Prometheus does not see them.",
    rules: wsServerMetricsMissingRules(catalog),
    cases: wsServerMetricsMissingCases(catalog),
    runbook: wsServerMetricsMissingRunbook(catalog),
    runbookCases: WS_SERVER_METRICS_MISSING_RUNBOOK_CASES,
  };
}
