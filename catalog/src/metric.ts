/**
 * The vocabulary in which the catalog declares metrics. Everything here is plain data: the browser carries it, so a
 * metric holds what is needed to record and to accept a measurement, and nothing that only a reader or a collector needs (that
 * live in `about/`).
 */

/** A closed set of values. A measurement with any other value is refused, never turned into a new series. */
export type EnumeratedLabel<V extends string = string> = readonly V[];

/** Values known only at run time, bounded: the first `top` distinct values keep their name, the rest become `other`. */
export interface CappedLabel {
  readonly kind: "capped";
  readonly top: number;
  readonly other: "other";
}

/** Values that the deployment's configuration lists, so they are closed from the start; `other`, where there is one, is everything else. */
export interface ConfiguredLabel {
  readonly kind: "configured";
  readonly other?: "other";
}

/** A label domain fixes how many series a label can ever create. */
export type LabelDomain<V extends string = string> = EnumeratedLabel<V> | CappedLabel | ConfiguredLabel;

/** Maps a metric's label names to the union of their values: `{ code: CloseCodeLabel; phase: Phase }`. */
export type LabelSet = Readonly<Record<string, string>>;

/** The label set of a metric without labels. */
export type NoLabels = Readonly<Record<never, string>>;

/** Labels that a metric has besides its own: `app` says which application, `release` which release of its page. */
export type StampedLabel = "app" | "release";

type LabelDomains<L extends LabelSet> = { readonly [Name in keyof L]: LabelDomain<L[Name]> };

/**
 * The upper bounds of a histogram's buckets, under an id that never changes its meaning. Changing the bounds means a
 * new layout with a new id, because browsers go on sending the old one for days.
 */
export interface BucketLayout {
  /** Travels on the wire, for example `latency-1`. */
  readonly id: string;
  /** Inclusive upper bounds, ascending, in the metric's unit; the `+Inf` bucket is implied. */
  readonly bounds: readonly number[];
  /** The largest value that one observation may have; larger ones are clamped to it, so that sums stay bounded. */
  readonly max: number;
}

/** Only ever grows; its name ends in `_total`. */
export interface Counter<L extends LabelSet = LabelSet, S extends StampedLabel = StampedLabel> {
  readonly type: "counter";
  readonly name: string;
  readonly labels: LabelDomains<L>;
  /** Default: all, which is what pages report. */
  readonly stamped?: readonly S[];
}

/** Goes up and down. */
export interface Gauge<L extends LabelSet = LabelSet, S extends StampedLabel = StampedLabel> {
  readonly type: "gauge";
  readonly name: string;
  readonly labels: LabelDomains<L>;
  /** Default: all, which is what pages report. */
  readonly stamped?: readonly S[];
  /** Labels that are there only where the application asked for them. */
  readonly optInLabels?: Readonly<Record<string, LabelDomain>>;
}

/** The distribution of all observations since the start. Query it through `rate()`. */
export interface Histogram<L extends LabelSet = LabelSet, S extends StampedLabel = StampedLabel> {
  readonly type: "histogram";
  readonly name: string;
  readonly labels: LabelDomains<L>;
  /** Default: all, which is what pages report. */
  readonly stamped?: readonly S[];
  /** The newest; older ones that bundles may still send are in `about/`. */
  readonly layout: BucketLayout;
}

/** The distribution of what exists at this moment, such as the ages of open connections. `rate()` of it is meaningless. */
export interface GaugeHistogram<L extends LabelSet = LabelSet, S extends StampedLabel = StampedLabel> {
  readonly type: "gauge_histogram";
  readonly name: string;
  readonly labels: LabelDomains<L>;
  /** Default: all, which is what pages report. */
  readonly stamped?: readonly S[];
  /** The newest; older ones that bundles may still send are in `about/`. */
  readonly layout: BucketLayout;
}

/** Any metric of the catalog. */
export type Metric<L extends LabelSet = LabelSet, S extends StampedLabel = StampedLabel> =
  | Counter<L, S>
  | Gauge<L, S>
  | Histogram<L, S>
  | GaugeHistogram<L, S>;

/** The label names of a metric type. */
export type LabelNameOf<M> = M extends Metric<infer L> ? Extract<keyof L, string> : never;

/** The label set of a metric type. */
export type LabelsOf<M> = M extends Metric<infer L> ? L : never;
