import type { Catalog, DocumentedMetric, Metric } from "@sockscope/catalog";
import type { Sample } from "./samples.ts";

/** The part of a registry that is needed: of `prom-client` and of `@prometheus-io/client`. */
export interface MetricRegistry {
  /** Which of the two text formats is written next. */
  readonly contentType: string;
  registerMetric(metric: { get(): unknown; reset(): void }): void;
}

/** A metric as a registry writes it. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  /** How the registries of a cluster's workers are put together. */
  readonly aggregator: "sum";
  readonly values: readonly {
    readonly metricName?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
}

/** Where the lines of every metric come from, by the metric's name. */
export type SampleSource = () =>
  | Readonly<Record<string, readonly Sample[]>>
  | Promise<Readonly<Record<string, readonly Sample[]>>>;

/**
 * Registers every server metric of the catalog; their lines are read when they are scraped.
 *
 * @throws Error of the registry when it already has one of the metrics
 */
export function exposeMetrics(catalog: Catalog, registry: MetricRegistry, source: SampleSource): void {
  const read = oncePerScrape(source);
  for (const documented of catalog.serverMetrics)
    registry.registerMetric(new ExposedMetric(documented, registry, read));
}

/** A scrape asks every metric at once; what they answer is of one moment. */
function oncePerScrape(source: SampleSource): SampleSource {
  let reading: ReturnType<SampleSource> | undefined;
  return () => {
    if (reading === undefined) {
      reading = source();
      queueMicrotask(() => {
        reading = undefined;
      });
    }
    return reading;
  };
}

/** What a registry takes for one of its own metrics. */
class ExposedMetric {
  readonly #documented: DocumentedMetric;
  readonly #registry: MetricRegistry;
  readonly #read: SampleSource;

  constructor(documented: DocumentedMetric, registry: MetricRegistry, read: SampleSource) {
    this.#documented = documented;
    this.#registry = registry;
    this.#read = read;
  }

  get name(): string {
    return this.#documented.metric.name;
  }

  /** An OpenMetrics scrape of a registry renames its counters for good, later scrapes in the other format included: not ours. */
  set name(_name: string) {}

  async get(): Promise<MetricFamily> {
    const { metric, help } = this.#documented;
    const samples = (await this.#read())[metric.name] ?? [];
    const isOpenMetrics = this.#registry.contentType.startsWith("application/openmetrics-text");
    return {
      name: isOpenMetrics && metric.type === "counter" ? metric.name.replace(/_total$/, "") : metric.name,
      help,
      type: typeName(metric, isOpenMetrics),
      aggregator: "sum",
      values: samples.map(({ suffix, labels, value }) => ({
        ...(suffix === undefined ? {} : { metricName: metric.name + suffix }),
        labels,
        value,
      })),
    };
  }

  /** A counter that a program sets back would be a reset that never was. */
  reset(): void {}
}

/** The older format has no gauge histograms, and as a histogram everybody would take a rate of it. */
function typeName({ type }: Metric, isOpenMetrics: boolean): string {
  if (type !== "gauge_histogram") return type;
  return isOpenMetrics ? "gaugehistogram" : "untyped";
}
