import type { PromqlNode } from "@sockscope/promql";
import { type Answered, placeOf } from "./executed.test-support.ts";
import { shownUnit } from "./grafana-unit.test-support.ts";

/** Sums and shares are the same but for the last digits. */
const EXACT = 1e-6;
/** A window that begins before all series do is extrapolated by when each is scraped first. */
const EXTRAPOLATED = 0.01;
/** A quantile is interpolated. */
const INTERPOLATED = 0.02;
/** A window that holds the moment at which something begins again sees a little more or less of it. */
const SPIKE = 1.5;
/** Those by which many are no less than one is. */
const ADDITIVE: readonly string[] = ["short", "none", "cps", "reqps", "ops", "s", "bytes", "Bps"];

/** Whether a result is about the parts rather than the whole: how many there are, or some of them. */
function isOfParts(node: PromqlNode | undefined): boolean {
  switch (node?.kind) {
    case "selector":
      return node.name === "up";
    case "aggregation":
      return ["count", "group", "topk", "bottomk"].includes(node.operator) || isOfParts(node.of);
    case "subquery":
      return isOfParts(node.of);
    case "binary":
      return isOfParts(node.left) || isOfParts(node.right);
    case "call":
      return node.args.some(isOfParts);
    default:
      return false;
  }
}

function nodeOf({ panel, target }: Answered): PromqlNode | undefined {
  return panel.queries.find(({ refId }) => refId === target.refId)?.expression.node;
}

function isExtreme(answered: Answered): boolean {
  return answered.panel.traits.includes("of the extreme part");
}

function isQuantile(node: PromqlNode | undefined): boolean {
  return JSON.stringify(node).includes("histogram_quantile");
}

function toleranceOf(node: PromqlNode | undefined): number {
  if (isQuantile(node)) return INTERPOLATED;
  return /"range":"\d+[hd]"|"range":"30m"|ratio_rate|increase1d/.test(JSON.stringify(node))
    ? EXTRAPOLATED
    : EXACT;
}

/** Values of the whole by moment and by everything but the instance: instances differ, and add up to the same. */
function whole({ series }: Answered): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const sums = new Map<string, Map<number, number>>();
  for (const { labels, samples } of series) {
    const { instance: _, ...others } = labels;
    const key = JSON.stringify(Object.entries(others).sort());
    const sum = sums.get(key) ?? new Map<number, number>();
    for (const [moment, value] of samples) sum.set(moment, (sum.get(moment) ?? 0) + value);
    sums.set(key, sum);
  }
  return sums;
}

function comparable(
  answers: readonly Answered[],
  reference: readonly Answered[],
): { answered: Answered; truth: Answered }[] {
  return answers.flatMap((answered) => {
    const isByInstance = answered.series.some(({ labels }) => labels["instance"] !== undefined);
    if (isOfParts(nodeOf(answered)) || isExtreme(answered)) return [];
    if (isByInstance && !ADDITIVE.includes(shownUnit(answered.panel, answered.target))) return [];
    const truth = reference.find((other) => placeOf(other) === placeOf(answered));
    return truth === undefined ? [] : [{ answered, truth }];
  });
}

/** What differs from the truth, where the same happens to more replicas. */
export function replicaFaults(answers: readonly Answered[], reference: readonly Answered[]): string[] {
  return comparable(answers, reference).flatMap(({ answered, truth }) => {
    const tolerance = toleranceOf(nodeOf(answered));
    const found = whole(answered);
    return [...whole(truth)].flatMap(([key, values]) => {
      const expected = [...values.values()].at(-1) ?? Number.NaN;
      const value = [...(found.get(key)?.values() ?? [])].at(-1) ?? Number.NaN;
      if (Math.abs(value - expected) <= tolerance * Math.max(1, Math.abs(expected))) return [];
      return `${placeOf(answered)}: is ${value} of many replicas and ${expected} of one, of ${key}`;
    });
  });
}

/** What rises above the truth or falls below zero, where parts of the fleet begin again from zero. */
export function spikeFaults(answers: readonly Answered[], reference: readonly Answered[]): string[] {
  return comparable(answers, reference).flatMap(({ answered, truth }) => {
    const expected = whole(truth);
    return [...whole(answered)].flatMap(([key, values]) => {
      // What is left of an allowance falls below zero, and rises where less went wrong.
      if (answered.panel.traits.includes("may be less than nothing")) return [];
      const most = Math.max(...(expected.get(key)?.values() ?? [0]));
      const wrong = [...values.values()].find((value) => value < 0 || value > most * SPIKE + EXACT);
      return wrong === undefined
        ? []
        : `${placeOf(answered)}: is ${wrong} in between and never above ${most}, of ${key}`;
    });
  });
}
