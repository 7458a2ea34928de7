import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsServerMetricsMissingRules } from "./alerts.ts";
import { wsServerMetricsMissingCases } from "./cases.ts";

/** The symptom WsServerMetricsMissing, as a catalog has it. */
export function wsServerMetricsMissing(catalog: Catalog): Symptom {
  return {
    name: "WsServerMetricsMissing",
    summary: "Chat servers serve users, and Prometheus does not see them.",
    rules: wsServerMetricsMissingRules(catalog),
    cases: wsServerMetricsMissingCases(catalog),
  };
}
