/** What can be explained. */
export type ExplanationKind =
  | "metric"
  | "alert"
  | "recording rule"
  | "target"
  | "close code"
  | "frame"
  | "error";

/** All that `sockscope explain` says of one name. */
export interface Explanation {
  readonly kind: ExplanationKind;
  /** As it is found in Prometheus, in a pager or in an answer. */
  readonly name: string;
  /** Other names for it, such as a metric's symbol in the source. */
  readonly aliases: readonly string[];
  /** What it is: sentences. */
  readonly text: string;
  /** A name and a text each; a text may have lines of its own, such as a query's. */
  readonly facts: readonly (readonly [name: string, text: string])[];
}
