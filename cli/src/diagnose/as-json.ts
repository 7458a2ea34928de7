import type { CommandQuestion, Healthy, Verdict } from "@sockscope/alerts";
import type { Answer } from "./answer.ts";
import type { CauseState, JudgedCause, Scope, View } from "./diagnosis.ts";
import type { Labels } from "./prometheus.ts";
import type { Diagnosed, Report } from "./report.ts";
import { headline } from "./words.ts";

/** Of what the shape below is: a member that is added keeps it, one that changes or goes counts it up. */
const VERSION = 1;

interface JsonAnswer {
  readonly id: string;
  readonly asks: string;
  readonly query: string;
  readonly unit: string;
  readonly healthy: Healthy;
  readonly verdict: Verdict;
  /** null where it is no finite number. The worst first. */
  readonly series: readonly {
    readonly labels: Labels;
    readonly value: number | null;
    readonly verdict: Verdict;
  }[];
  readonly says: string;
}

interface JsonCommand {
  readonly id: string;
  readonly asks: string;
  readonly unit: string;
  readonly healthy: Healthy;
  readonly command: string;
}

/** What `--format json` prints. Moments are in seconds since 1970. */
export interface JsonReport {
  readonly version: typeof VERSION;
  readonly prometheus: string;
  readonly moment: number;
  readonly isPast: boolean;
  readonly notes: readonly string[];
  readonly diagnoses: readonly {
    readonly alert: string;
    readonly labels: Labels;
    readonly firing: readonly { readonly labels: Labels; readonly since: number | null }[];
    readonly health: Verdict;
    readonly scope: Scope;
    readonly headline: string;
    /** Ids of causes, the likeliest first: one is named, several are ambiguous. */
    readonly likeliest: readonly string[];
    readonly isReal: JsonAnswer;
    readonly oneOrMany: JsonAnswer;
    readonly firstFiveMinutes: readonly JsonAnswer[];
    readonly causes: readonly {
      readonly id: string;
      readonly title: string;
      readonly state: CauseState;
      readonly confirm: JsonAnswer;
      readonly verify: JsonAnswer;
      readonly evidence: readonly JsonCommand[];
      readonly fix: readonly string[];
    }[];
    readonly who: readonly {
      readonly by: string;
      readonly query: string;
      readonly series: readonly { readonly labels: Labels; readonly value: number | null }[];
    }[];
    readonly doneWhen: readonly JsonAnswer[];
    readonly warnings: readonly string[];
    readonly runbook: string | null;
    readonly dashboard: string | null;
  }[];
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function answer({ question, verdict, series, says }: Answer): JsonAnswer {
  const { id, asks, unit, healthy, query } = question;
  return {
    ...{ id, asks, query: query.promql, unit, healthy, verdict, says },
    series: series.map((one) => ({ labels: one.labels, value: finite(one.value), verdict: one.verdict })),
  };
}

function command({ id, asks, unit, healthy, command: text }: CommandQuestion): JsonCommand {
  return { id, asks, unit, healthy, command: text };
}

function judged({
  cause,
  state,
  confirm,
  verify,
}: JudgedCause): JsonReport["diagnoses"][number]["causes"][number] {
  const { id, title, evidence = [], fix } = cause;
  return {
    ...{ id, title, state, confirm: answer(confirm), verify: answer(verify) },
    evidence: evidence.map(command),
    fix: fix.map(({ does }) => does),
  };
}

function view({ breakdown: { by, query }, series }: View): JsonReport["diagnoses"][number]["who"][number] {
  return {
    by,
    query: query.promql,
    series: series.map(({ labels, value }) => ({ labels, value: finite(value) })),
  };
}

function diagnosed({ diagnosis, links }: Diagnosed): JsonReport["diagnoses"][number] {
  const { subject, health, scope, likeliest, isReal, oneOrMany, firstFiveMinutes, causes } = diagnosis;
  return {
    alert: subject.symptom.name,
    labels: subject.labels,
    firing: subject.firing.map(({ labels, since = null }) => ({ labels, since })),
    ...{ health, scope, headline: headline(diagnosis), likeliest: likeliest.map(({ cause }) => cause.id) },
    isReal: answer(isReal),
    oneOrMany: answer(oneOrMany.sessions),
    firstFiveMinutes: firstFiveMinutes.map(answer),
    causes: causes.map(judged),
    who: diagnosis.who.map(view),
    doneWhen: diagnosis.doneWhen.map(answer),
    warnings: diagnosis.warnings,
    runbook: links.runbook ?? null,
    dashboard: links.dashboard ?? null,
  };
}

/** A report for a program. */
export function reportAsJson({ prometheus, moment, isPast, notes, diagnoses }: Report): string {
  const report: JsonReport = {
    ...{ version: VERSION, prometheus, moment, isPast, notes },
    diagnoses: diagnoses.map(diagnosed),
  };
  return JSON.stringify(report, null, 2);
}
