import { keepApart } from "@sockscope/promql";
import { withQueries } from "../runbook/questions-of.ts";
import type { AlertRule } from "./alert.ts";
import type { FiringCase, SilentCase } from "./alert-case.ts";
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
  const where = labels.map((label) => ` (${label} ${madeUpValue(label)})`).join("");
  const firing = situation.firing.map((fired) => ({
    labels: { ...environment, ...fired.labels },
    description: fired.description + where,
  }));
  return { ...situationIn(situation, labels), firing };
}

function ruleIn(rule: AlertRule, labels: readonly string[]): AlertRule {
  const expression = keepApart(rule.expression, labels);
  // What is true of every environment has a label of none.
  const where = labels
    .filter((label) => expression.labels.includes(label))
    .map((label) => `{{ with $labels.${label} }} (${label} {{ . }}){{ end }}`);
  return { ...rule, expression, description: rule.description + where.join("") };
}

/** The same symptom in each of several environments, which these labels tell apart. */
export function inEnvironment(symptom: Symptom, labels: readonly string[]): Symptom {
  if (labels.length === 0) return symptom;
  const { rules, cases, runbook } = symptom;
  const [first, ...others] = cases.fires;
  return {
    ...symptom,
    rules: rules.map((rule) => ruleIn(rule, labels)),
    cases: {
      fires: [firingIn(first, labels), ...others.map((situation) => firingIn(situation, labels))],
      staysSilent: cases.staysSilent.map((situation) => situationIn(situation, labels)),
    },
    runbook: withQueries(runbook, (query) => keepApart(query, labels)),
  };
}
