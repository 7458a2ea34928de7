import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsMessageSendErrorsRules } from "./alerts.ts";
import { wsMessageSendErrorsCases } from "./cases.ts";
import { wsMessageSendErrorsRunbook } from "./runbook.ts";
import { WS_MESSAGE_SEND_ERRORS_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsMessageSendErrors, as a catalog has it. */
export function wsMessageSendErrors(catalog: Catalog): Symptom {
  return {
    name: "WsMessageSendErrors",
    summary: "The server has messages for its users and cannot hand them over.",
    rules: wsMessageSendErrorsRules(catalog),
    cases: wsMessageSendErrorsCases(catalog),
    runbook: wsMessageSendErrorsRunbook(catalog),
    runbookCases: WS_MESSAGE_SEND_ERRORS_RUNBOOK_CASES,
  };
}
