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
import { DEFAULT_FLUSH_INTERVAL_MS, start } from "@sockscope/sdk";
import { otel } from "@sockscope/sdk/otel";
import { COLLECTOR, chat } from "./chat-page.ts";

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

const sockscope = start({ collector: COLLECTOR, app: "chat", sampleRate: 0, sinks: [otel(meter)] });
chat((socket) => sockscope.observe(socket));
