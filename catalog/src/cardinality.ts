import type { MetricAbout } from "./about/metric-about.ts";
import { histogramSeries } from "./histogram-shape.ts";
import type { LabelDomain, LabelSet, Metric } from "./metric.ts";

/** A metric, and which label combinations it cannot have. */
export type CountedMetric = { readonly metric: Metric } & Pick<MetricAbout, "impossible" | "olderLayouts">;

/** What is known only where a product runs. */
export interface Deployment {
  /** The values of configured labels, by label name. Default: one each, which gives the numbers for one app. */
  readonly configured?: Readonly<Record<string, readonly string[]>>;
  /** Whether opt-in labels are asked for. Default: no. */
  readonly optIn?: boolean;
}

/** Every value that a label can ever have; a capped label's are made up, but as many. */
export function domainValues(
  name: string,
  domain: LabelDomain,
  { configured = {} }: Deployment,
): readonly string[] {
  if (!("kind" in domain)) return domain;
  const other = domain.other === undefined ? [] : [domain.other];
  if (domain.kind === "configured") return [...(configured[name] ?? ["one"]), ...other];
  return [...Array.from({ length: domain.top }, (_, index) => `top ${index + 1}`), ...other];
}

/** Whether a label combination is one that the metric cannot have. */
export function isImpossible(labels: LabelSet, impossible: MetricAbout["impossible"] = []): boolean {
  return impossible.some((pattern) =>
    Object.entries(pattern).every(([name, values]) => [values].flat().includes(labels[name] ?? "")),
  );
}

/** Every label combination that a metric can ever have. The last label varies fastest. */
export function labelCombinations(
  { metric, impossible }: CountedMetric,
  deployment: Deployment = {},
): readonly LabelSet[] {
  const all = labelDomains(metric, deployment).reduce<LabelSet[]>(
    (combinations, [name, domain]) =>
      combinations.flatMap((labels) =>
        domainValues(name, domain, deployment).map((value) => ({ ...labels, [name]: value })),
      ),
    [{}],
  );
  return all.filter((labels) => !isImpossible(labels, impossible));
}

/** The number of series that these metrics can never exceed, whatever is sent. */
export function worstCaseSeries(metrics: Iterable<CountedMetric>, deployment: Deployment = {}): number {
  let series = 0;
  for (const counted of metrics)
    series += countCombinations(counted, deployment) * seriesPerCombination(counted);
  return series;
}

/** How many {@link labelCombinations} there are, without making them: there may be more than memory holds. */
function countCombinations({ metric, impossible = [] }: CountedMetric, deployment: Deployment): number {
  const named = new Set(impossible.flatMap((pattern) => Object.keys(pattern)));
  const domains = labelDomains(metric, deployment);
  const together = Object.fromEntries(domains.filter(([name]) => named.has(name)));
  return domains
    .filter(([name]) => !named.has(name))
    .reduce(
      (product, [name, domain]) => product * domainValues(name, domain, deployment).length,
      labelCombinations(
        { metric: { type: "gauge", name: metric.name, labels: together }, impossible },
        deployment,
      ).length,
    );
}

function labelDomains(metric: Metric, { optIn }: Deployment): readonly (readonly [string, LabelDomain])[] {
  const optInLabels = optIn && "optInLabels" in metric ? Object.entries(metric.optInLabels ?? {}) : [];
  return [...Object.entries<LabelDomain>(metric.labels), ...optInLabels];
}

function seriesPerCombination({ metric, olderLayouts = [] }: CountedMetric): number {
  if (!("layout" in metric)) return 1;
  const kept = olderLayouts.flatMap(({ layout, keptAs }) => (keptAs === undefined ? [] : [layout]));
  return [metric.layout, ...kept].reduce((series, layout) => series + histogramSeries(layout), 0);
}
