import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsDuplicateMessagesRules } from "./alerts.ts";
import { wsDuplicateMessagesCases } from "./cases.ts";
import { wsDuplicateMessagesRunbook } from "./runbook.ts";
import { WS_DUPLICATE_MESSAGES_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsDuplicateMessages, as a catalog has it. */
export function wsDuplicateMessages(catalog: Catalog): Symptom {
  return {
    name: "WsDuplicateMessages",
    summary: "A page showed a message twice.",
    rules: wsDuplicateMessagesRules(catalog),
    cases: wsDuplicateMessagesCases(catalog),
    runbook: wsDuplicateMessagesRunbook(catalog),
    runbookCases: WS_DUPLICATE_MESSAGES_RUNBOOK_CASES,
  };
}
