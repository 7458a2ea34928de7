import { keepApart } from "@sockscope/promql";
import type { FiringCase, SilentCase } from "./alert-case.ts";
import type { Cause, Check } from "./runbook.ts";
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
  const firing = situation.firing.map((fired) => ({ ...fired, labels: { ...environment, ...fired.labels } }));
  return { ...situationIn(situation, labels), firing };
}

function checkIn(check: Check, labels: readonly string[]): Check {
  return check.query === undefined ? check : { ...check, query: keepApart(check.query, labels) };
}

function causeIn(cause: Cause, labels: readonly string[]): Cause {
  return { ...cause, checks: cause.checks.map((check) => checkIn(check, labels)) };
}

/** What proves an alert and what to do, in each of several environments, which these labels tell apart. */
export function inEnvironment(
  { cases, runbook }: Pick<Symptom, "cases" | "runbook">,
  labels: readonly string[],
): Pick<Symptom, "cases" | "runbook"> {
  if (labels.length === 0) return { cases, runbook };
  const [firstFires, ...otherFires] = cases.fires;
  const [firstSilent, ...otherSilent] = cases.staysSilent;
  return {
    cases: {
      fires: [firingIn(firstFires, labels), ...otherFires.map((situation) => firingIn(situation, labels))],
      staysSilent: [
        situationIn(firstSilent, labels),
        ...otherSilent.map((situation) => situationIn(situation, labels)),
      ],
    },
    runbook: {
      ...runbook,
      triage: runbook.triage.map((check) => checkIn(check, labels)),
      causes: runbook.causes.map((cause) => causeIn(cause, labels)),
    },
  };
}
