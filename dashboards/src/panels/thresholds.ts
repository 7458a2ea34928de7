import {
  MappingType,
  SpecialValueMatch,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { HALF_AN_EVENT, type Line } from "@sockscope/slo";

/** From which value on something has which colour; the first step's `from` is undefined. */
export interface ColorStep {
  readonly from?: number;
  /** A name of Grafana's palette. */
  readonly color: string;
}

/** Steps as Grafana's panels take them. */
export function thresholds(steps: readonly ColorStep[]): ThresholdsConfigBuilder {
  const list: Threshold[] = steps.map(({ from, color }) => ({ value: from ?? null, color }));
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(list);
}

/** What is unknown has no verdict: without this, Grafana gives it the colour of the lowest step. */
export const UNKNOWN: ValueMapping = {
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.NullAndNan, result: { text: "no data", color: "gray", index: 0 } },
};

/** The bad side in red, nothing on the other. */
export function lineSteps({ at, badSide }: Line): ColorStep[] {
  return badSide === "above"
    ? [{ color: "transparent" }, { from: at, color: "red" }]
    : [{ color: "red" }, { from: at, color: "transparent" }];
}

/** What a value is worth by which side of the line it is on. */
export function verdictSteps({ at, badSide }: Line): ColorStep[] {
  const [below, above] = badSide === "above" ? ["green", "red"] : ["red", "green"];
  return [{ color: below }, { from: at, color: above }];
}

/** Half-way to the first event: the increase of one is not a whole number. */
export const ANY_EVENT: number = HALF_AN_EVENT;
