import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsMessagesNotAppearingRules } from "./alerts.ts";
import { wsMessagesNotAppearingCases } from "./cases.ts";
import { wsMessagesNotAppearingRunbook } from "./runbook.ts";
import { WS_MESSAGES_NOT_APPEARING_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsMessagesNotAppearing, as a catalog has it. */
export function wsMessagesNotAppearing(catalog: Catalog): Symptom {
  return {
    name: "WsMessagesNotAppearing",
    summary: "Users write, or the server answers, and nothing comes to the page.",
    rules: wsMessagesNotAppearingRules(catalog),
    cases: wsMessagesNotAppearingCases(catalog),
    runbook: wsMessagesNotAppearingRunbook(catalog),
    runbookCases: WS_MESSAGES_NOT_APPEARING_RUNBOOK_CASES,
  };
}
