import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsServerMetricsMissingRules } from "./alerts.ts";
import { wsServerMetricsMissingCases } from "./cases.ts";

/** Chat servers serve users, and Prometheus does not see them. */
export function wsServerMetricsMissing(catalog: Catalog): Symptom {
  return {
    name: "WsServerMetricsMissing",
    summary: "Chat servers serve users, and Prometheus does not see them.",
    rules: wsServerMetricsMissingRules(catalog),
    cases: wsServerMetricsMissingCases(catalog),
  };
}
