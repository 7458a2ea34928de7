import type { Period } from "@sockscope/catalog";
import {
  type Expression,
  keepApart,
  type RecordedSelection,
  recordedName,
  recordedSeries,
} from "@sockscope/promql";

/** An expression that Prometheus evaluates again and again and keeps under a name. */
export interface RecordingRule<L extends string = string> {
  /** The full name, `level:metric:operation`, written out so that grep finds it. */
  readonly record: `${string}:${string}:${string}`;
  /** What the number is, and what may not be concluded from it: sentences. */
  readonly meaning: string;
  readonly expression: Expression<L>;
  /** What the expression looks back over; a rule of the moment has none. */
  readonly range?: Period;
}

/** A rule that looks back. Factors (`x rangeSeconds`) and sentences (`within the last ...`) derive from its range. */
export interface RangedRule<L extends string = string> extends RecordingRule<L> {
  readonly range: Period;
}

/** Rules that are evaluated together, in their order. */
export interface RecordingGroup {
  readonly name: string;
  /** How often, as a PromQL duration; without one, as often as Prometheus evaluates anything. */
  readonly interval?: Period;
  readonly rules: readonly RecordingRule[];
}

/**
 * How often rules are evaluated that read days and weeks. Less than the five minutes in which Prometheus looks for a sample: else
 * an evaluation that comes a little late leaves a moment at which alerts and panels find nothing.
 */
export const SLOW_INTERVAL: Period = "4m";

/** The same rule for each value of these labels, under the name that has them. */
export function ruleKeptApart<L extends string>(
  rule: RecordingRule<L>,
  labels: readonly string[],
): RecordingRule<L> {
  return {
    ...rule,
    record: recordedName(rule.record, labels),
    expression: keepApart(rule.expression, labels),
  };
}

/** Reads a recorded expression, all of it: what is chosen by a label's value is chosen of metrics, which know their values. */
export function recorded<L extends string>({ record, expression }: RecordingRule<L>): RecordedSelection<L> {
  return recordedSeries(record, expression.labels);
}
