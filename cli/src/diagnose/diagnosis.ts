import {
  type Breakdown,
  type Cause,
  type CommandQuestion,
  type Question,
  queriesOf,
  type Runbook,
  type Verdict,
} from "@sockscope/alerts";
import type { Catalog } from "@sockscope/catalog";
import { type Answer, answerTo, narrowed, type Outcome, withoutLabels } from "./answer.ts";
import { isPage, tellsSomebody } from "./firing.ts";
import { hearingOf, hearingQueries } from "./hearing.ts";
import type { Sample } from "./prometheus.ts";
import type { Subject } from "./subjects.ts";

/** What is known of a cause. `consequence`: it is confirmed, and another one that is confirmed, too, explains it. */
export type CauseState = "confirmed" | "ruled out" | "unknown" | "consequence";

/** A cause, and what was found out about it. */
export interface JudgedCause {
  readonly cause: Cause;
  readonly state: CauseState;
  /** To the question that confirms it. */
  readonly confirm: Answer;
  /** To the question that says whether its fix works. */
  readonly verify: Answer;
}

/** Who is hit, or since when: values that are neither healthy nor not. */
export interface View {
  readonly breakdown: Breakdown;
  /** The largest first. */
  readonly series: readonly Sample[];
  readonly failure?: string;
}

/**
 * How bad it is: `incident` where its page fires, which takes many; else `few` where a few sessions are behind it, and `not felt` where
 * users feel nothing of it.
 */
export type Scope = "incident" | "few" | "not felt" | "unknown";

/** All that the queries of a runbook say. */
export interface Diagnosis {
  readonly subject: Subject;
  readonly runbook: Runbook;
  /** What users feel: unhealthy while an alert fires, or they feel it, or it is not done; what else is asked is evidence. */
  readonly health: Verdict;
  readonly scope: Scope;
  /** What is most likely behind it, the likeliest first: one, or several that nothing tells apart, or none. */
  readonly likeliest: readonly JudgedCause[];
  readonly isReal: Answer;
  readonly oneOrMany: { readonly sessions: Answer; readonly threads: CommandQuestion | undefined };
  readonly who: readonly View[];
  readonly firstFiveMinutes: readonly Answer[];
  /** In the runbook's order. */
  readonly causes: readonly JudgedCause[];
  readonly doneWhen: readonly Answer[];
  /** All of the answers above. */
  readonly answers: readonly Answer[];
  /** What Prometheus warned of, each once. */
  readonly warnings: readonly string[];
}

/** The query of everything that a diagnosis asks of Prometheus, each once. */
export function promqlOf({ symptom: { runbook } }: Subject, catalog: Catalog): readonly string[] {
  return [...new Set([...queriesOf(runbook).map(({ promql }) => promql), ...hearingQueries(catalog)])];
}

const STATE_OF: Readonly<Record<Verdict, CauseState>> = {
  unhealthy: "confirmed",
  healthy: "ruled out",
  unknown: "unknown",
};

/** Where two explain each other, both stay. */
function withConsequences(causes: readonly JudgedCause[]): readonly JudgedCause[] {
  const confirmed = causes.filter(({ state }) => state === "confirmed");
  const explained = new Set(
    confirmed.flatMap(({ cause: { id, explains = [] } }) =>
      explains.filter((other) => {
        const back = confirmed.find(({ cause }) => cause.id === other)?.cause.explains ?? [];
        return !back.includes(id);
      }),
    ),
  );
  return causes.map((judged) =>
    judged.state === "confirmed" && explained.has(judged.cause.id)
      ? { ...judged, state: "consequence" }
      : judged,
  );
}

function scopeOf({ firing }: Subject, isReal: Answer, sessions: Answer): Scope {
  // It fires for no fewer than its rule's least number, so it is many, whoever is counted by now.
  if (firing.some(isPage)) return "incident";
  if (isReal.verdict === "healthy") return "not felt";
  if (sessions.verdict === "healthy") return "few";
  return isReal.verdict === "unhealthy" || sessions.verdict === "unhealthy" ? "incident" : "unknown";
}

interface Felt {
  readonly isReal: Answer;
  readonly doneWhen: readonly Answer[];
  /** Whether anything that was asked has series: where nothing has, it may be the wrong Prometheus. */
  readonly isAnswered: boolean;
}

function healthOf({ firing }: Subject, { isReal, doneWhen, isAnswered }: Felt): Verdict {
  if (firing.some(tellsSomebody)) return "unhealthy";
  if (!isAnswered) return "unknown";
  return [isReal, ...doneWhen].some(({ verdict }) => verdict === "unhealthy") ? "unhealthy" : isReal.verdict;
}

function viewOf(breakdown: Breakdown, outcome: Outcome, { labels: of }: Subject): View {
  if ("failure" in outcome) return { breakdown, series: [], failure: outcome.failure };
  const series = narrowed(outcome.samples, of)
    .filter(({ value }) => value !== 0 && !Number.isNaN(value))
    .map(({ labels, value }) => ({ labels: withoutLabels(labels, ["__name__", ...Object.keys(of)]), value }));
  return { breakdown, series: series.sort((a, b) => b.value - a.value || 0) };
}

/**
 * What a runbook's answers say of a subject.
 *
 * @param outcomeOf what Prometheus said to each of {@link promqlOf}
 */
export function diagnose(
  subject: Subject,
  catalog: Catalog,
  outcomeOf: (promql: string) => Outcome,
): Diagnosis {
  const { labels, symptom } = subject;
  const { runbook } = symptom;
  const answer = (question: Question): Answer => {
    const hearing = hearingOf(question, labels, { catalog, outcomeOf });
    return answerTo(question, outcomeOf(question.query.promql), labels, hearing);
  };
  const isReal = answer(runbook.isReal);
  const sessions = answer(runbook.oneOrMany.sessions);
  const firstFiveMinutes = runbook.firstFiveMinutes.map(answer);
  const causes = withConsequences(
    runbook.causes.map((cause) => {
      const confirm = answer(cause.confirm);
      return { cause, state: STATE_OF[confirm.verdict], confirm, verify: answer(cause.verify) };
    }),
  );
  const doneWhen = runbook.doneWhen.map(answer);
  const ofCauses = causes.flatMap(({ confirm, verify }) => [confirm, verify]);
  const answers = [isReal, sessions, ...firstFiveMinutes, ...ofCauses, ...doneWhen];
  return {
    subject,
    runbook,
    health: healthOf(subject, {
      isReal,
      doneWhen,
      isAnswered: answers.some(({ series }) => series.length > 0),
    }),
    scope: scopeOf(subject, isReal, sessions),
    likeliest: causes.filter(({ state }) => state === "confirmed"),
    isReal,
    oneOrMany: { sessions, threads: runbook.oneOrMany.threads },
    who: runbook.who.map((breakdown) => viewOf(breakdown, outcomeOf(breakdown.query.promql), subject)),
    firstFiveMinutes,
    causes,
    doneWhen,
    answers,
    warnings: [...new Set(answers.flatMap(({ warnings }) => warnings))],
  };
}
