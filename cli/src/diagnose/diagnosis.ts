import {
  type Breakdown,
  type Cause,
  type CommandQuestion,
  type Question,
  queriesOf,
  type Runbook,
  type Verdict,
} from "@sockscope/alerts";
import { type Answer, answerTo, narrowed, type Outcome, withoutLabels } from "./answer.ts";
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

/** How bad it is: `few` where a few sessions are behind it, `not felt` where users feel nothing of it. */
export type Scope = "incident" | "few" | "not felt" | "unknown";

/** All that the queries of a runbook say. */
export interface Diagnosis {
  readonly subject: Subject;
  readonly runbook: Runbook;
  /** Unhealthy when an answer is; unknown when nothing that was asked has a series. */
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
  /** What Prometheus warned of, each once. */
  readonly warnings: readonly string[];
}

/** The query of everything that a runbook asks of Prometheus, each once. */
export function promqlOf(runbook: Runbook): readonly string[] {
  return queriesOf(runbook).map(({ promql }) => promql);
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

function scopeOf(isReal: Answer, sessions: Answer): Scope {
  if (isReal.verdict === "healthy") return "not felt";
  if (sessions.verdict === "healthy") return "few";
  return isReal.verdict === "unhealthy" || sessions.verdict === "unhealthy" ? "incident" : "unknown";
}

/** What is missing says something where an alert fires; where none does, it may be the wrong Prometheus. */
function healthOf(answers: readonly Answer[], isFiring: boolean): Verdict {
  const isAnswered = answers.some(({ series }) => series.length > 0);
  if (!isAnswered && !isFiring) return "unknown";
  if (answers.some(({ verdict }) => verdict === "unhealthy")) return "unhealthy";
  return isAnswered ? "healthy" : "unknown";
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
  runbook: Runbook,
  outcomeOf: (promql: string) => Outcome,
): Diagnosis {
  const answer = (question: Question): Answer =>
    answerTo(question, outcomeOf(question.query.promql), subject.labels);
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
    health: healthOf(answers, subject.firing.length > 0),
    scope: scopeOf(isReal, sessions),
    likeliest: causes.filter(({ state }) => state === "confirmed"),
    isReal,
    oneOrMany: { sessions, threads: runbook.oneOrMany.threads },
    who: runbook.who.map((breakdown) => viewOf(breakdown, outcomeOf(breakdown.query.promql), subject)),
    firstFiveMinutes,
    causes,
    doneWhen,
    warnings: [...new Set(answers.flatMap(({ warnings }) => warnings))],
  };
}
