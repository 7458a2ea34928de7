import type { LabelSet, Metric } from "@sockscope/catalog";

import type { Requirement } from "./requirements.ts";

/** A number that says how bad a fault is. */
export interface FaultParameter {
  readonly meaning: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Whether it has no fractions. Default: false. */
  readonly isWhole?: true;
}

/** The metric by which a fault is seen. */
export interface Movement {
  /** Who records it. */
  readonly by: "server" | "client";
  readonly metric: Metric;
  /** The series that moves; labels that are left out may have any value. */
  readonly labels: LabelSet;
}

/** Something that can be broken on purpose, for a time. */
export interface Fault<Parameter extends string = string> {
  readonly title: string;
  /** In the words of somebody who looks at the page. */
  readonly whatUsersSee: string;
  readonly metricThatMoves: Movement;
  /** A metric that would move, too, without the fault: only both together show it. Default: the one that moves is enough. */
  readonly metricThatStays?: Movement;
  /** What the chat must have for it. Default: nothing that it could lack. */
  readonly needs?: Requirement;
  /** How long it lasts where nobody says. */
  readonly defaultSeconds: number;
  /** How long it lasts at the most, however often it is asked for. */
  readonly maxSeconds: number;
  readonly parameters: Readonly<Record<Parameter, FaultParameter>>;
}

/** A movement of a metric's series; labels and values that the metric does not have do not compile. */
export function moves<L extends LabelSet>(
  by: Movement["by"],
  metric: Metric<L>,
  labels: { readonly [Name in keyof L]?: NoInfer<L[Name]> },
): Movement {
  return { by, metric, labels: labels as LabelSet };
}
