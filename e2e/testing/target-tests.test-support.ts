import { met, recorded, SLIS, type Sli } from "@sockscope/slo";
import type { PromtoolTest } from "./mutants/judged-together.test-support.ts";
import type { InputSeries } from "./series.test-support.ts";

/** A target on series that are made up: what just meets it and what just misses it, at a moment. */
export interface TargetCase {
  readonly target: string;
  readonly interval: string;
  readonly at: string;
  readonly met: readonly InputSeries[];
  readonly missed: readonly InputSeries[];
}

/** Throws for the id of no target. */
export function sliOf(id: string): Sli {
  const sli = SLIS.find(({ target }) => target.id === id);
  if (sli === undefined) throw new Error(`No SLI measures ${id}.`);
  return sli;
}

/** Whether an SLI has a value on these series, and whether it meets the target, as promtool tests it. */
export function targetTest(
  { interval, at }: TargetCase,
  sli: Pick<Sli, "value" | "met">,
  series: readonly InputSeries[],
  met: boolean,
): PromtoolTest {
  const one = [{ labels: "{}", value: 1 }];
  return {
    interval,
    input_series: series,
    promql_expr_test: [
      { expr: `count(${sli.value.promql})`, eval_time: at, exp_samples: one },
      { expr: `count(${sli.met.promql})`, eval_time: at, exp_samples: met ? one : [] },
    ],
  };
}

/** Both sides of a target, where a rule records its value; none where none does. */
export function recordedTargetTests(one: TargetCase): readonly PromtoolTest[] {
  const { target, rule } = sliOf(one.target);
  if (rule === undefined) return [];
  const value = recorded(rule);
  const sli = { value, met: met(target, value) };
  return [targetTest(one, sli, one.met, true), targetTest(one, sli, one.missed, false)];
}
