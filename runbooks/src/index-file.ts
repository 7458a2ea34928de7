import {
  type AnswerUnit,
  type Cause,
  type Healthy,
  type Question,
  questionsOf,
  runbookFile,
  type Symptom,
} from "@sockscope/alerts";

/** A question that a machine can ask of Prometheus, and judge. */
export interface IndexedQuestion {
  readonly id: string;
  readonly asks: string;
  /** PromQL. */
  readonly query: string;
  readonly unit: AnswerUnit;
  /** Between which values an answer is healthy, the bounds included; an answer is a series, and one that is not healthy decides. */
  readonly healthy: Healthy;
  /** What it says when no series is there. */
  readonly withoutSeries: "healthy" | "unhealthy" | "unknown";
}

/** What can have gone wrong. */
export interface IndexedCause {
  readonly id: string;
  readonly title: string;
  /** The id of the question whose answer is unhealthy when it is this. */
  readonly confirm: string;
  /** The id of the question whose answer is healthy again once it is mended. */
  readonly verify: string;
  /** Ids of causes that are seen only because of this one. */
  readonly explains: readonly string[];
}

/** An alert, and how to find out what is behind it. */
export interface IndexedRunbook {
  readonly alert: string;
  /** Each that one of its rules has. */
  readonly severities: readonly string[];
  readonly summary: string;
  /** Relative to the index. */
  readonly page: string;
  readonly impact: string;
  /** Ids of the questions with a part of their own in the runbook. */
  readonly isReal: string;
  readonly oneOrMany: string;
  readonly firstFiveMinutes: readonly string[];
  readonly doneWhen: readonly string[];
  readonly questions: readonly IndexedQuestion[];
  /** The likeliest first. */
  readonly causes: readonly IndexedCause[];
}

/** What `index.json` holds. */
export interface RunbookIndex {
  readonly generated: string;
  /** Changes when something is renamed or goes; what is added does not change it. */
  readonly version: 1;
  readonly runbooks: readonly IndexedRunbook[];
}

function question({ id, asks, query, unit, healthy, withoutSeries }: Question): IndexedQuestion {
  return { id, asks, query: query.promql, unit, healthy, withoutSeries: withoutSeries.verdict };
}

function cause({ id, title, confirm, verify, explains = [] }: Cause): IndexedCause {
  return { id, title, confirm: confirm.id, verify: verify.id, explains };
}

function idsOf(questions: readonly Question[]): readonly string[] {
  return questions.map(({ id }) => id);
}

/** The severities of an alert's rules, each once. */
export function severitiesOf({ rules }: Symptom): readonly string[] {
  return [...new Set(rules.map(({ severity }) => severity))];
}

function indexed(symptom: Symptom): IndexedRunbook {
  const { name, summary, runbook } = symptom;
  const { impact, isReal, oneOrMany, firstFiveMinutes, doneWhen, causes } = runbook;
  return {
    alert: name,
    severities: severitiesOf(symptom),
    summary,
    page: runbookFile({ name }),
    impact,
    isReal: isReal.id,
    oneOrMany: oneOrMany.sessions.id,
    firstFiveMinutes: idsOf(firstFiveMinutes),
    doneWhen: idsOf(doneWhen),
    questions: questionsOf(runbook).map(question),
    causes: causes.map(cause),
  };
}

/** pages/index.json: every runbook for machines. */
export function indexFile(symptoms: readonly Symptom[]): string {
  const index: RunbookIndex = {
    generated: "Generated. Change the source or the configuration, not this file.",
    version: 1,
    runbooks: symptoms.map(indexed),
  };
  return `${JSON.stringify(index, null, 2)}\n`;
}
