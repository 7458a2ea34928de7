import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsClientMemoryGrowthRules } from "./alerts.ts";
import { wsClientMemoryGrowthCases } from "./cases.ts";

/** Pages that stay open all day fill their memory. */
export function wsClientMemoryGrowth(catalog: Catalog): Symptom {
  return {
    name: "WsClientMemoryGrowth",
    summary: "Pages that stay open all day fill their memory.",
    rules: wsClientMemoryGrowthRules(catalog),
    cases: wsClientMemoryGrowthCases(catalog),
  };
}
