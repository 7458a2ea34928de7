import { type Question, type Runbook, SYMPTOMS, type Symptom } from "@sockscope/alerts";
import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { gauge } from "@sockscope/promql";
import type { Outcome } from "../answer.ts";
import { type Diagnosis, diagnose } from "../diagnosis.ts";
import type { Labels } from "../prometheus.ts";
import type { Subject } from "../subjects.ts";

/** A question whose query is its id, healthy up to 1. */
export function question(id: string, changed: Partial<Question> = {}): Question {
  return {
    id,
    asks: `How is ${id}?`,
    unit: "count",
    healthy: { most: 1 },
    query: gauge({ type: "gauge", name: id.replaceAll("-", "_"), labels: {} }, {}),
    withoutSeries: { verdict: "unknown", means: `Nobody knows of ${id}.` },
    ifHealthy: `${id} is well.`,
    ifUnhealthy: `${id} is not well.`,
    ...changed,
  };
}

/** A runbook with the causes `first`, `second` and `third`, of which the second explains the first. */
export function runbookOf(changed: Partial<Runbook> = {}): Runbook {
  const cause = (id: string, explains: readonly string[] = []): Runbook["causes"][number] => ({
    id,
    title: `The ${id} one`,
    signal: `It shows as ${id}.`,
    confirm: question(id),
    fix: [{ does: `Mend the ${id}.` }],
    verify: question("real"),
    undo: [{ does: "Take it back." }],
    explains,
  });
  return {
    impact: "Users wait.",
    callAtOnce: [],
    isReal: question("real"),
    oneOrMany: { sessions: question("sessions") },
    who: [],
    firstFiveMinutes: [question("early")],
    causes: [cause("first"), cause("second", ["first"]), cause("third")],
    mitigations: [],
    doneWhen: [question("real")],
    escalation: [{ whom: "platform's on-call", when: "it lasts" }],
    tellUsers: "We are at it.",
    ...changed,
  };
}

/** A symptom that is there, with another runbook. */
export function symptomWith(runbook: Runbook): Symptom {
  const [symptom] = SYMPTOMS;
  if (symptom === undefined) throw new Error("There is no symptom.");
  return { ...symptom, runbook };
}

/** Values by the id of the question; several with the labels of each. */
export type Values = Readonly<Record<string, number | Outcome | readonly (readonly [Labels, number])[]>>;

function outcomeOf(value: Values[string] | undefined): Outcome {
  if (value === undefined) return { samples: [], warnings: [] };
  if (typeof value === "number") return { samples: [{ labels: {}, value }], warnings: [] };
  if (!Array.isArray(value)) return value as Outcome;
  return { samples: value.map(([labels, number]) => ({ labels, value: number })), warnings: [] };
}

/** Everything is well. */
export const WELL: Values = { real: 0, sessions: 0, early: 0, first: 0, second: 0, third: 0 };
/** Users feel it, and there are many of them. */
export const FELT: Values = { ...WELL, real: 2, sessions: 2 };

/** The diagnosis of values. */
export function diagnosisOf(
  values: Values,
  { runbook = runbookOf(), ...subject }: Partial<Subject> & { readonly runbook?: Runbook } = {},
): Diagnosis {
  const of = { symptom: symptomWith(runbook), labels: {}, firing: [], ...subject };
  return diagnose(of, DEFAULT_CATALOG, (promql) => outcomeOf(values[promql]));
}

/** An alert that fires, as Prometheus tells of it. */
export function firing(labels: Labels = {}): Subject["firing"][number] {
  return {
    labels: { alertname: "WsAuthCloseSpike", severity: "page", ...labels },
    since: 1000,
    annotations: {},
  };
}
