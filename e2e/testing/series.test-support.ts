import { allMetrics, DEFAULT_CATALOG, type LabelDomain, type Metric } from "@sockscope/catalog";
import { labelNames } from "@sockscope/promql";

/** A series that promtool makes up, and its values in promtool's notation. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

interface Series {
  readonly metric: Metric;
  readonly labels: Readonly<Record<string, string>>;
}

function parse(text: string): { name: string; labels: Record<string, string> } {
  const [, name = "", inside = ""] = /^(\w+)(?:{(.*)})?$/.exec(text) ?? [];
  return {
    name,
    labels: Object.fromEntries(
      [...inside.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    ),
  };
}

function resolve(text: string): Series | undefined {
  const { name, labels } = parse(text);
  const named = (wanted: string) =>
    allMetrics(DEFAULT_CATALOG).find(({ metric }) => metric.name === wanted)?.metric;
  const metric = named(name) ?? named(name.replace(/_(bucket|count|sum)$/, ""));
  const { le: _bound, ...others } = labels;
  return metric && { metric, labels: others };
}

function isOf(domain: LabelDomain, value: string): boolean {
  return !Array.isArray(domain) || domain.includes(value);
}

/**
 * What is wrong with the series of scenarios, held against the catalog.
 *
 * @param environmentLabels which every series has besides its own
 */
export function problemsOf(
  scenarios: readonly (readonly InputSeries[])[],
  environmentLabels: readonly string[] = [],
): string[] {
  return scenarios.flat().flatMap(({ series, values }) => {
    const missing = environmentLabels.find((label) => !(label in parse(series).labels));
    if (missing !== undefined) return `${series}: lacks the label ${missing}`;
    // YAML reads 0x10 without quotes as a hexadecimal number.
    const problem =
      typeof values === "string" ? problemOf(series, environmentLabels) : `${series}: ${values} wants quotes`;
    return problem ?? [];
  });
}

function problemOf(text: string, environmentLabels: readonly string[]): string | undefined {
  // Prometheus' own.
  if (parse(text).name === "up") return undefined;
  const series = resolve(text);
  if (series === undefined) return `${text}: no metric of the catalog`;
  const { metric, labels } = series;
  const known: readonly string[] = [...labelNames(metric), ...environmentLabels];
  const unknown = Object.keys(labels).find((label) => !known.includes(label));
  if (unknown !== undefined) return `${text}: has no label ${unknown}`;
  for (const [label, domain] of Object.entries(metric.labels)) {
    const value = labels[label];
    if (value === undefined) return `${text}: lacks the label ${label}`;
    if (!isOf(domain, value)) return `${text}: ${label} is never ${value}`;
  }
  return undefined;
}
