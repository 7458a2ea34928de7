import type { BucketLayout, LabelSet } from "../metric.ts";

/** Label values that do not occur together: one value or several of each label that is named, whatever the others are. */
export type ImpossibleLabels<L extends LabelSet = LabelSet> = {
  readonly [Name in keyof L]?: L[Name] | readonly L[Name][];
};

/** A layout that the metric had in a release, and that bundles out there may still send. */
export interface OlderLayout {
  readonly layout: BucketLayout;
  /**
   * The full name of the histogram that it stays. Undefined where every bucket lies within one of the newest layout: then
   * it is counted there, exactly.
   */
  readonly keptAs?: string;
}

/** What a reader and a collector need to know of a metric, and the browser does not carry. */
export interface MetricAbout<L extends LabelSet = LabelSet> {
  /** The `# HELP` line: what counts, and when. */
  readonly help: string;
  /** The unit of one value: a base unit (`seconds`, `bytes`) or what is counted (`closes`). */
  readonly unit: string;
  /** What may be concluded from it, and how it is queried. */
  readonly readAs: string;
  /** What it does not say, though it seems to: completes "Do not ...". */
  readonly doNot: string;
  /** Combinations that no event can have. They get no series, and a batch that has one is left out of. */
  readonly impossible?: readonly ImpossibleLabels<L>[];
  /** The oldest last. The newest is the metric's own `layout`. */
  readonly olderLayouts?: readonly OlderLayout[];
  /** Client metrics only: no page reports it, the collector counts it itself. */
  readonly countedByCollector?: true;
  /** Client metrics only: what a page adds to it is no count of something measured, so it is no accepted measurement. */
  readonly addsNoMeasurements?: true;
  /**
   * Declared and not recorded by anything yet. It is not exposed: a constant zero would claim that all is well. (A test
   * holds that the mark and the source agree.)
   */
  readonly declaredOnly?: true;
}
