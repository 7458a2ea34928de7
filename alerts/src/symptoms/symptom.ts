import type { AlertName } from "@sockscope/catalog";
import type { Runbook } from "../runbook/runbook.ts";
import type { RunbookCases } from "../runbook/runbook-cases.ts";
import type { Alert, AlertRule } from "./alert.ts";
import type { AlertCases } from "./alert-case.ts";

/** What users feel and somebody has to act on: who is told and when, what proves it, and what to do. */
export interface Symptom {
  /** The alert's name, PascalCase, written out so that grep finds it. */
  readonly name: AlertName;
  /** One static sentence: what users feel, or what is wrong. */
  readonly summary: string;
  /** One at least. */
  readonly rules: readonly AlertRule[];
  readonly cases: AlertCases;
  readonly runbook: Runbook;
  /** What the runbook's questions are to see. */
  readonly runbookCases: RunbookCases;
}

/** The rules of symptoms, each with its symptom's name and summary. */
export function alertsOf(symptoms: readonly Symptom[]): readonly Alert[] {
  return symptoms.flatMap(({ name, summary, rules }) => rules.map((rule) => ({ name, summary, ...rule })));
}
