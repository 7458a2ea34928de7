import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsHandshakeForbiddenRules } from "./alerts.ts";
import { wsHandshakeForbiddenCases } from "./cases.ts";
import { wsHandshakeForbiddenRunbook } from "./runbook.ts";
import { WS_HANDSHAKE_FORBIDDEN_RUNBOOK_CASES } from "./runbook-cases.ts";

/** The symptom WsHandshakeForbidden, as a catalog has it. */
export function wsHandshakeForbidden(catalog: Catalog): Symptom {
  return {
    name: "WsHandshakeForbidden",
    summary: "Users who are logged in are turned away.",
    rules: wsHandshakeForbiddenRules(catalog),
    cases: wsHandshakeForbiddenCases(catalog),
    runbook: wsHandshakeForbiddenRunbook(catalog),
    runbookCases: WS_HANDSHAKE_FORBIDDEN_RUNBOOK_CASES,
  };
}
