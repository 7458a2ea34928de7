import type { Period } from "@sockscope/catalog";
import { askMoment } from "@sockscope/stack/grafana";
import { cpuSeconds } from "./cpu-seconds.ts";
import { NOW, SCRAPE_SECONDS } from "./day-of-data.ts";

/** A CPU time is counted in hundredths of a second, and most rules take less. */
const EVALUATIONS = 20;

const SECONDS = { s: 1, m: 60 } as const;

/** What is evaluated together: of recording rules, or of alerts. */
export interface EvaluatedGroup {
  readonly interval?: Period;
  readonly rules: readonly { readonly expression: { readonly promql: string } }[];
}

function intervalSeconds({ interval = `${SCRAPE_SECONDS}s` }: EvaluatedGroup): number {
  const unit = interval.at(-1) === "m" ? SECONDS.m : SECONDS.s;
  return Number.parseInt(interval, 10) * unit;
}

/** CPU time of one evaluation of a group of rules, and of all of them each second, in ms. */
export async function rulesCost(
  url: string,
  group: EvaluatedGroup,
): Promise<{ evaluation: number; eachSecond: number }> {
  const began = await cpuSeconds(url);
  for (let evaluation = 0; evaluation < EVALUATIONS; evaluation++) {
    const until = NOW - evaluation * SCRAPE_SECONDS;
    const view = { from: until, until, intervalSeconds: SCRAPE_SECONDS };
    for (const { expression } of group.rules) await askMoment(url, expression.promql, view);
  }
  const evaluation = (1_000 * ((await cpuSeconds(url)) - began)) / EVALUATIONS;
  return { evaluation, eachSecond: evaluation / intervalSeconds(group) };
}
