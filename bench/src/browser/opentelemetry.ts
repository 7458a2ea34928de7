/**
 * A chat of which OpenTelemetry sends just what the SDK records, as often as the SDK sends it. The SDK itself sends
 * nothing here.
 */
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import {
  AggregationTemporality,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import * as catalog from "@sockscope/catalog/runtime";
import { DEFAULT_FLUSH_INTERVAL_MS, start } from "@sockscope/sdk";
import { COLLECTOR, chat } from "./chat-page.ts";

const METRICS = new Map<string, catalog.Counter | catalog.Histogram>();
for (const value of Object.values(catalog))
  if (typeof value === "object" && "name" in value && value.type !== "gauge")
    METRICS.set(value.name, value as catalog.Counter | catalog.Histogram);

const exporter = new OTLPMetricExporter({
  url: `${COLLECTOR}/v1/metrics`,
  temporalityPreference: AggregationTemporality.DELTA,
});
const reader = new PeriodicExportingMetricReader({
  exporter,
  exportIntervalMillis: DEFAULT_FLUSH_INTERVAL_MS,
  exportTimeoutMillis: DEFAULT_FLUSH_INTERVAL_MS,
});
const meter = new MeterProvider({ readers: [reader] }).getMeter("sockscope");

/** What to record into, and under which attributes, by the text of a series. */
function resolve(series: string) {
  const [name = "", ...values] = series.split("/");
  const metric = METRICS.get(name);
  const labels = Object.keys(metric?.labels ?? {});
  const attributes = Object.fromEntries(labels.map((label, at) => [label, values[at] ?? ""]));
  return { name, metric, attributes };
}

const sockscope = start({
  collector: COLLECTOR,
  app: "chat",
  sampleRate: 0,
  sinks: [
    {
      // The meter returns the instrument that it has under a name.
      counted: (series, by) => {
        const { name, attributes } = resolve(series);
        meter.createCounter(name).add(by, attributes);
      },
      observed: (series, value) => {
        const { name, metric, attributes } = resolve(series);
        const explicitBucketBoundaries = [...((metric as catalog.Histogram).layout.bounds ?? [])];
        meter.createHistogram(name, { advice: { explicitBucketBoundaries } }).record(value, attributes);
      },
    },
  ],
});
chat((socket) => sockscope.observe(socket));
