import { worstCaseSeries } from "./cardinality.ts";
import type { Catalog, DocumentedMetric } from "./catalog.ts";
import { APP, RELEASE } from "./labels/collector.ts";
import { MOST_RELEASES } from "./release-name.ts";

/** How many series a collector may come to have, unless it is told otherwise. */
export const DEFAULT_MAX_SERIES = 200_000;

/** How many sessions a collector remembers, unless it is told otherwise; new ones beyond are refused until some expire. */
export const DEFAULT_MAX_SESSIONS = 200_000;

function isRecorded({ declaredOnly }: DocumentedMetric): boolean {
  return declaredOnly !== true;
}

/** The client metrics that anything records, each with the labels that say of which pages they are before its own. */
export function metricsOfPages({ clientMetrics, hasReleases }: Catalog): readonly DocumentedMetric[] {
  const ofPages = hasReleases ? { app: APP, release: RELEASE } : { app: APP };
  return clientMetrics.filter(isRecorded).map((documented) => ({
    ...documented,
    metric: { ...documented.metric, labels: { ...ofPages, ...documented.metric.labels } },
  }));
}

/** What a collector exposes: the client metrics, and its own, as far as anything records them. */
export function exposedMetrics(catalog: Catalog): readonly DocumentedMetric[] {
  return [...metricsOfPages(catalog), ...catalog.collectorMetrics.filter(isRecorded)];
}

/** How many series a collector exposes when as many releases are announced as are kept: no input makes more. */
export function mostSeries(
  catalog: Catalog,
  apps: readonly string[],
  metrics: readonly DocumentedMetric[] = exposedMetrics(catalog),
): number {
  const release = Array.from({ length: MOST_RELEASES }, (_, position) => `release ${position}`);
  return worstCaseSeries(metrics, { configured: { app: apps, release } });
}
