import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsConnectionUptimeLowRules } from "./alerts.ts";
import { wsConnectionUptimeLowCases } from "./cases.ts";

/** The symptom WsConnectionUptimeLow, as a catalog has it. */
export function wsConnectionUptimeLow(catalog: Catalog): Symptom {
  return {
    name: "WsConnectionUptimeLow",
    summary: "Users are without a connection for longer, or are cut more often, than they may.",
    rules: wsConnectionUptimeLowRules(catalog),
    cases: wsConnectionUptimeLowCases(catalog),
  };
}
