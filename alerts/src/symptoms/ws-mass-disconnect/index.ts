import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsMassDisconnectRules } from "./alerts.ts";
import { wsMassDisconnectCases } from "./cases.ts";

/** The symptom WsMassDisconnect, as a catalog has it. */
export function wsMassDisconnect(catalog: Catalog): Symptom {
  return {
    name: "WsMassDisconnect",
    summary: "Many connections are gone at once.",
    rules: wsMassDisconnectRules(catalog),
    cases: wsMassDisconnectCases(catalog),
  };
}
