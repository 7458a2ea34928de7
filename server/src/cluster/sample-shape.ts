import type { Catalog, LabelDomain, Metric } from "@sockscope/catalog";
import type { Samples } from "./messages.ts";

/** Of distributions only, and so the label of their buckets. */
const SUFFIXES: readonly unknown[] = ["_bucket", "_sum", "_count", "_gsum", "_gcount"];

/**
 * Whether this can be what a worker counted. Anything may come over the channel, and what was summed once stays: a worker of
 * another version, or somebody else's message, must not break the sums of all, nor make series that the catalog does not have.
 */
export function isSamples(value: unknown, { serverMetrics }: Catalog): value is Samples {
  return (
    isRecord(value) && serverMetrics.every(({ metric }) => areSamplesOf(metric, value[metric.name] ?? []))
  );
}

function areSamplesOf(metric: Metric, value: unknown): boolean {
  const domains: Readonly<Record<string, LabelDomain>> = {
    ...metric.labels,
    ...("optInLabels" in metric ? metric.optInLabels : {}),
  };
  return Array.isArray(value) && value.every((sample) => isSampleOf(metric, domains, sample));
}

function isSampleOf(
  metric: Metric,
  domains: Readonly<Record<string, LabelDomain>>,
  sample: unknown,
): boolean {
  if (!isRecord(sample) || !isRecord(sample["labels"])) return false;
  const { value, suffix, labels } = sample;
  const isDistribution = "layout" in metric;
  return (
    typeof value === "number" &&
    value >= 0 &&
    (isDistribution ? SUFFIXES.includes(suffix) : suffix === undefined) &&
    Object.entries(labels).every(([name, label]) =>
      Object.hasOwn(domains, name)
        ? isWithin(domains[name], label)
        : typeof label === "string" && (name === "app" || (isDistribution && name === "le")),
    )
  );
}

/** A label that is not a list has values that only the worker's configuration knows. */
function isWithin(domain: LabelDomain | undefined, value: unknown): boolean {
  if (typeof value !== "string" || domain === undefined) return false;
  return "kind" in domain || domain.includes(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
