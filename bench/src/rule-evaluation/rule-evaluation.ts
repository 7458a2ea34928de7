import { ALERTS } from "@sockscope/alerts";
import { RECORDING_GROUPS, SLOW_INTERVAL } from "@sockscope/slo";
import { dayOfData } from "../dashboards-queries/day-of-data.ts";
import { type EvaluatedGroup, rulesCost } from "../dashboards-queries/rules.ts";
import { withoutRules } from "../dashboards-queries/without-rules.ts";
import { compareCosts, type Measurement } from "../measurement.ts";

/** Of the costliest alerts. */
const TOLD = 5;

/** Those that are due every minute at least. */
const RECORDED = RECORDING_GROUPS.filter(({ interval }) => interval !== SLOW_INTERVAL);

/** The alerts as they would be if nothing were recorded for them. */
const ALONE: EvaluatedGroup = {
  rules: ALERTS.map(({ expression }) => ({
    expression: { promql: withoutRules(expression.promql, RECORDING_GROUPS) },
  })),
};

async function costliest(url: string): Promise<string> {
  const costs: { name: string; evaluation: number }[] = [];
  for (const { name, severity, labels = {}, expression } of ALERTS) {
    const { evaluation } = await rulesCost(url, { rules: [{ expression }] });
    costs.push({ name: [name, severity, ...Object.values(labels)].join(" "), evaluation });
  }
  return costs
    .sort((one, other) => other.evaluation - one.evaluation)
    .slice(0, TOLD)
    .map(({ name, evaluation }) => `${name} (${evaluation.toFixed(1)} ms)`)
    .join("; ");
}

/** What a round of all rules takes a Prometheus that has a day of three collectors and twenty pods. */
export async function ruleEvaluation(report: (measurement: Measurement) => void): Promise<void> {
  const read = [...ALERTS, ...RECORDED.flatMap(({ rules }) => rules)];
  const prometheus = await dayOfData(read.map(({ expression }) => expression.promql));
  try {
    let value = 0;
    const { url } = prometheus;
    const detail: Record<string, string> = { "costliest alerts": await costliest(url) };
    for (const group of [...RECORDED, { name: "sockscope.alerts", rules: ALERTS }]) {
      const { evaluation } = await rulesCost(url, group);
      value += evaluation;
      detail[group.name] = `${evaluation.toFixed(1)} ms`;
    }
    const peerValue = (await rulesCost(url, ALONE)).evaluation;
    const figures = {
      bench: "rule-evaluation",
      value,
      unit: "ms of Prometheus' CPU for a round of all rules that are due every minute at least",
      peer: "the alerts alone, if nothing were recorded",
      peerValue,
    };
    report({ ...compareCosts(figures), detail });
  } finally {
    await prometheus.stop();
  }
}
