import { CLIENT_ABOUT } from "./about/client.ts";
import { COLLECTOR_ABOUT } from "./about/collector.ts";
import type { MetricAbout } from "./about/metric-about.ts";
import { SERVER_ABOUT } from "./about/server.ts";
import type { Metric } from "./metric.ts";
import * as client from "./metrics/client.ts";
import * as collector from "./metrics/collector.ts";
import * as server from "./metrics/server.ts";

/** A metric with what a reader needs to know, and the symbol under which code refers to it. */
export interface DocumentedMetric extends MetricAbout {
  readonly symbol: string;
  readonly metric: Metric;
}

function documented<Symbols extends string>(
  metrics: Readonly<Record<Symbols, Metric>>,
  about: Readonly<Record<Symbols, MetricAbout>>,
): readonly DocumentedMetric[] {
  return (Object.keys(about) as Symbols[]).map((symbol) => ({
    symbol,
    metric: metrics[symbol],
    ...about[symbol],
  }));
}

/** What browsers report through the collector. */
export const CLIENT_METRICS: readonly DocumentedMetric[] = documented(client, CLIENT_ABOUT);

/** What the chat server exposes. */
export const SERVER_METRICS: readonly DocumentedMetric[] = documented(server, SERVER_ABOUT);

/** What the collector says about itself. */
export const COLLECTOR_METRICS: readonly DocumentedMetric[] = documented(collector, COLLECTOR_ABOUT);

/** Every metric, by name. */
export const METRICS_BY_NAME: ReadonlyMap<string, DocumentedMetric> = new Map(
  [...CLIENT_METRICS, ...SERVER_METRICS, ...COLLECTOR_METRICS].map((entry) => [entry.metric.name, entry]),
);

/** The help text of a metric; undefined for a metric that is not the catalog's. */
export function helpOf(metric: Metric): string | undefined {
  return METRICS_BY_NAME.get(metric.name)?.help;
}
