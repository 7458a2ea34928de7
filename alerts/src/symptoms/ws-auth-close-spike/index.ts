import type { Catalog } from "@sockscope/catalog";
import type { Symptom } from "../symptom.ts";
import { wsAuthCloseSpike } from "./alert.ts";
import { wsAuthCloseSpikeCases } from "./cases.ts";
import { wsAuthCloseSpikeRunbook } from "./runbook.ts";

/** Users are being logged out of their chats. */
export function wsAuthCloseSpikeSymptom(catalog: Catalog): Symptom {
  return {
    alert: wsAuthCloseSpike(catalog),
    cases: wsAuthCloseSpikeCases(catalog),
    runbook: wsAuthCloseSpikeRunbook(catalog),
  };
}
