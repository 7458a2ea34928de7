import {
  type Catalog,
  type Counter,
  documentedIn,
  type Gauge,
  type Histogram,
  type LabelSet,
  type Metric,
  type NoLabels,
} from "@sockscope/catalog";
import * as prom from "prom-client";
import { type KnownValues, labelCheck } from "./label-domain.ts";

/** The labels of a measurement: of any value, since one that the catalog does not have becomes `other`. */
type Labels<L extends LabelSet> = Readonly<Record<keyof L, string>>;

/** A counter of the catalog, alive in a registry. */
export interface LiveCounter<L extends LabelSet> {
  /** Adds to the series of these labels; with 0 it only makes the series exist, so that `rate()` sees its first event. */
  add(labels: Labels<L>, amount?: number): void;
}

/** A gauge of the catalog, alive in a registry. */
export interface LiveGauge<L extends LabelSet> {
  /** Adds to the series of these labels; a negative amount takes away. */
  add(labels: Labels<L>, amount: number): void;
}

/** A histogram of the catalog, alive in a registry. */
export interface LiveHistogram {
  /** Records one value in the metric's unit, clamped to what its layout allows; one that is not a number is left out. */
  observe(value: number): void;
}

/** Where metrics live, and whose they are. */
export interface MetricHome {
  /** The application's: what else is in it stays as it is, so the app is no default label of it. */
  readonly registry: prom.Registry;
  /** The value of the label `app` on every metric. */
  readonly app: string;
  /** Says which values labels have. */
  readonly catalog: Catalog;
}

interface PromOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
  readonly registers: [prom.Registry];
}

/** A metric as prom-client wants it. Throws prom-client's error when the registry already has the name. */
function promOptions(metric: Metric, { registry, catalog }: MetricHome): PromOptions {
  return {
    name: metric.name,
    help: documentedIn(catalog.serverMetrics, metric).help,
    labelNames: ["app", ...Object.keys(metric.labels)],
    registers: [registry],
  };
}

/** The metric with every value that the catalog's labels have. */
function inCatalog<L extends LabelSet>(metric: Metric<L>, { catalog }: MetricHome): Metric<L> {
  return documentedIn(catalog.serverMetrics, metric).metric as Metric<L>;
}

/** Registers a counter whose labels stay within their domains. */
export function liveCounter<L extends LabelSet>(
  metric: Counter<L>,
  home: MetricHome,
  known: KnownValues = {},
): LiveCounter<L> {
  const counter = new prom.Counter(promOptions(metric, home));
  const check = labelCheck(inCatalog(metric, home), known);
  return {
    add(labels, amount = 1) {
      const checked = check(labels);
      if (checked !== undefined) counter.inc({ app: home.app, ...checked }, amount);
    },
  };
}

/** Registers a gauge whose labels stay within their domains. */
export function liveGauge<L extends LabelSet>(
  metric: Gauge<L>,
  home: MetricHome,
  known: KnownValues = {},
): LiveGauge<L> {
  const gauge = new prom.Gauge(promOptions(metric, home));
  const check = labelCheck(inCatalog(metric, home), known);
  return {
    add(labels, amount) {
      const checked = check(labels);
      if (checked !== undefined) gauge.inc({ app: home.app, ...checked }, amount);
    },
  };
}

/** Registers a histogram with the buckets of its layout, at zero. */
export function liveHistogram(metric: Histogram<NoLabels>, home: MetricHome): LiveHistogram {
  const { bounds, max } = metric.layout;
  const labels = { app: home.app };
  const histogram = new prom.Histogram({ ...promOptions(metric, home), buckets: [...bounds] });
  histogram.zero(labels);
  return {
    observe(value) {
      if (!Number.isNaN(value)) histogram.observe(labels, Math.min(Math.max(value, 0), max));
    },
  };
}
