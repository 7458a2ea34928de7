import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsCollectorDownRules } from "./alerts.ts";
import { wsCollectorDownCases } from "./cases.ts";

/** The symptom WsCollectorDown, as a catalog has it. */
export function wsCollectorDown(catalog: Catalog): Symptom {
  return {
    name: "WsCollectorDown",
    summary: "Collectors cannot be scraped: what browsers see is missing.",
    rules: wsCollectorDownRules(catalog),
    cases: wsCollectorDownCases(catalog),
  };
}
