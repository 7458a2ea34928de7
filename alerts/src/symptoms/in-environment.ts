import { keepApart } from "@sockscope/promql";
import type { FiringCase, SilentCase } from "./alert-case.ts";
import type { Cause, Check, Runbook } from "./runbook.ts";
import type { Symptom } from "./symptom.ts";

/** What a case's series have for a label of the environment. */
function madeUpValue(label: string): string {
  return `a ${label}`;
}

function situationIn<S extends SilentCase>(situation: S, labels: readonly string[]): S {
  const matchers = labels.map((label) => `${label}="${madeUpValue(label)}"`).join(",");
  const series = Object.entries(situation.series).map(([name, values]) => [
    name.replace(/\}$/, `,${matchers}}`),
    values,
  ]);
  return { ...situation, series: Object.fromEntries(series) as S["series"] };
}

function firingIn(situation: FiringCase, labels: readonly string[]): FiringCase {
  const environment = Object.fromEntries(labels.map((label) => [label, madeUpValue(label)]));
  // What fires without any series is of no environment.
  if (Object.keys(situation.series).length === 0) return situation;
  const firing = situation.firing.map((fired) => ({ ...fired, labels: { ...environment, ...fired.labels } }));
  return { ...situationIn(situation, labels), firing };
}

function checkIn(check: Check, labels: readonly string[]): Check {
  return check.query === undefined ? check : { ...check, query: keepApart(check.query, labels) };
}

function causeIn(cause: Cause, labels: readonly string[]): Cause {
  return { ...cause, checks: cause.checks.map((check) => checkIn(check, labels)) };
}

function runbookIn(runbook: Runbook, labels: readonly string[]): Runbook {
  return {
    ...runbook,
    triage: runbook.triage.map((check) => checkIn(check, labels)),
    causes: runbook.causes.map((cause) => causeIn(cause, labels)),
  };
}

/** The same symptom in each of several environments, which these labels tell apart. */
export function inEnvironment(symptom: Symptom, labels: readonly string[]): Symptom {
  if (labels.length === 0) return symptom;
  const { rules, cases, runbook } = symptom;
  const [first, ...others] = cases.fires;
  return {
    ...symptom,
    rules: rules.map((rule) => ({ ...rule, expression: keepApart(rule.expression, labels) })),
    cases: {
      fires: [firingIn(first, labels), ...others.map((situation) => firingIn(situation, labels))],
      staysSilent: cases.staysSilent.map((situation) => situationIn(situation, labels)),
    },
    ...(runbook && { runbook: runbookIn(runbook, labels) }),
  };
}
