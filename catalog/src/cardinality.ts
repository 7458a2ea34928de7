import type { LabelDomain, Metric } from "./metric.ts";

/** How many values a label can ever have. */
export function domainSize(domain: LabelDomain): number {
  return domain.kind === "enumerated" ? domain.values.length : domain.top + 1;
}

/** How many label combinations a metric can ever have, its opt-in labels included only if they are asked for. */
export function labelCombinations(metric: Metric, withOptIn = false): number {
  const optIn = withOptIn && "optInLabels" in metric ? Object.values(metric.optInLabels ?? {}) : [];
  const domains: LabelDomain[] = [...Object.values(metric.labels), ...optIn];
  return domains.reduce((combinations, domain) => combinations * domainSize(domain), 1);
}

/** How many lines one label combination takes in the exposition: a histogram's buckets, `+Inf`, sum and count. */
export function seriesPerCombination(metric: Metric): number {
  return "buckets" in metric ? metric.buckets.bounds.length + 3 : 1;
}

/** The number of series that these metrics can never exceed, whatever is sent. */
export function worstCaseSeries(metrics: Iterable<Metric>, withOptIn = false): number {
  let series = 0;
  for (const metric of metrics) series += labelCombinations(metric, withOptIn) * seriesPerCombination(metric);
  return series;
}
