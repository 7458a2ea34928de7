import type { Alert } from "./alert.ts";
import type { AlertCases } from "./alert-case.ts";
import type { Runbook } from "./runbook.ts";

/** What users feel and somebody has to act on: who is told, what proves it, and what to do. None comes without the others. */
export interface Symptom {
  readonly alert: Alert;
  readonly cases: AlertCases;
  readonly runbook: Runbook;
}
