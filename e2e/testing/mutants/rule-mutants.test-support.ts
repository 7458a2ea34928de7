import type { Period } from "@sockscope/catalog";
import { type PromqlNode, rangeSeconds } from "@sockscope/promql";
import { expressionMutants, scaledPeriod } from "./expression-mutants.test-support.ts";
import { type Mutant, numbered } from "./mutant.test-support.ts";

/** An alerting rule as it stands in a Prometheus rule file. */
export interface FiledRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: Period;
  readonly keep_firing_for?: Period;
  readonly labels: Readonly<Record<string, string>> & { readonly severity: string };
  readonly annotations: Readonly<Record<string, string>>;
}

type Wrong = Mutant<FiledRule>;

/** How often tests evaluate rules: what waits for less waits for the next time. */
const EVERY_SECONDS = 60;

const WAITS = ["for", "keep_firing_for"] as const;
const SEVERITIES = ["page", "ticket"];

function wrongWaits(rule: FiledRule): readonly Wrong[] {
  return WAITS.flatMap((wait) => {
    const { [wait]: right, ...without } = rule;
    if (right === undefined)
      return [{ change: `with ${wait}: 30m`, mutated: { ...rule, [wait]: "30m" as const } }];
    return [
      { change: `without ${wait}`, mutated: without },
      ...[0.5, 2]
        .map((factor) => scaledPeriod(right, factor))
        .filter((wrong) => rangeSeconds(wrong) >= EVERY_SECONDS)
        .map((wrong) => ({
          change: `${wait}: ${right} → ${wrong}`,
          mutated: { ...rule, [wait]: wrong },
        })),
    ];
  });
}

function wrongLabels(rule: FiledRule): readonly Wrong[] {
  const { severity, ...own } = rule.labels;
  return [
    ...SEVERITIES.filter((other) => other !== severity).map((other) => ({
      change: `severity: ${severity} → ${other}`,
      mutated: { ...rule, labels: { ...rule.labels, severity: other } },
    })),
    ...Object.keys(own).map((label) => {
      const { [label]: _gone, ...labels } = own;
      return { change: `without its label ${label}`, mutated: { ...rule, labels: { severity, ...labels } } };
    }),
  ];
}

/** What is told wrong in a text: a template that is left out, or a number of its own that is another. */
function wrongTexts(text: string): readonly (readonly [what: string, wrong: string])[] {
  return [...text.matchAll(/\{\{.*?\}\}|\d+(?:\.\d+)?/g)].map(({ 0: part, index }) => {
    const wrong = part.startsWith("{{") ? "" : `${part}1`;
    return [`${part} → ${wrong}`, text.slice(0, index) + wrong + text.slice(index + part.length)];
  });
}

// The other annotations are derived from the panel that a rule leads to, as those that tests expect are: see the panels.
function wrongDescriptions(rule: FiledRule): readonly Wrong[] {
  const { description = "" } = rule.annotations;
  return wrongTexts(description).map(([what, wrong]) => ({
    change: `description: ${what}`,
    mutated: { ...rule, annotations: { ...rule.annotations, description: wrong } },
  }));
}

/**
 * A rule with each of its parts wrong by itself.
 *
 * @param expression the rule's, of which {@link FiledRule.expr} is the text
 */
export function ruleMutants(rule: FiledRule, expression: PromqlNode): readonly Wrong[] {
  return numbered([
    ...expressionMutants(expression).map(({ change, mutated }) => ({
      change,
      mutated: { ...rule, expr: mutated },
    })),
    ...wrongWaits(rule),
    ...wrongLabels(rule),
    ...wrongDescriptions(rule),
  ]);
}
