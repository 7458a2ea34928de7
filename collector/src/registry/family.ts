import { domainSize, type LabelDomain, type Metric, seriesPerCombination } from "@sockscope/catalog";

/** One label of a family: where each of its values lies. */
export interface LabelIndex {
  readonly name: string;
  readonly values: readonly string[];
  readonly positions: ReadonlyMap<string, number>;
  /** How many slots lie between two neighbouring values. */
  readonly stride: number;
}

/**
 * All series of one metric: a block of slots, one stretch a label combination. A counter or gauge has one slot a
 * combination; a histogram has one a bucket (not cumulative, `+Inf` last) and then one for the sum.
 */
export interface Family {
  readonly metric: Metric;
  /** The `# HELP` text. */
  readonly help: string;
  /** In exposition order; the label `app` comes first on what browsers report. */
  readonly labels: readonly LabelIndex[];
  /** The labels that the catalog declares, which are those that a batch names. */
  readonly declared: readonly LabelIndex[];
  /** How many slots lie between two apps; 0 without the label `app`. */
  readonly appStride: number;
  readonly firstSlot: number;
  readonly combinations: number;
  readonly slotsPerCombination: number;
  /** How many lines the family takes in the exposition. */
  readonly series: number;
}

/** A metric to lay out. */
export interface FamilyDeclaration {
  readonly metric: Metric;
  readonly help: string;
  /** The values of the label `app`; undefined for a metric without it. */
  readonly apps?: readonly string[];
}

/** Lays a metric out from `firstSlot` on. */
export function layOutFamily({ metric, help, apps }: FamilyDeclaration, firstSlot: number): Family {
  const domains = new Map(apps === undefined ? [] : [["app", apps]]);
  for (const [name, domain] of Object.entries(metric.labels)) domains.set(name, closedValues(metric, domain));
  const slotsPerCombination = "buckets" in metric ? metric.buckets.bounds.length + 2 : 1;
  const labels = indexLabels(domains, slotsPerCombination);
  const combinations = labels.reduce((product, { values }) => product * values.length, 1);
  return {
    metric,
    help,
    labels,
    declared: apps === undefined ? labels : labels.slice(1),
    appStride: apps === undefined ? 0 : (labels[0]?.stride ?? 0),
    firstSlot,
    combinations,
    slotsPerCombination,
    series: combinations * seriesPerCombination(metric),
  };
}

/** A capped label gets its values at run time, so a collector that laid one out could not promise its series. */
function closedValues(metric: Metric, domain: LabelDomain): readonly string[] {
  if (domain.kind === "enumerated") return domain.values;
  throw new TypeError(
    `${metric.name} has a label with ${domainSize(domain)} values that are not known at start`,
  );
}

/** The last label varies fastest, as in the exposition. */
function indexLabels(
  domains: ReadonlyMap<string, readonly string[]>,
  slotsPerCombination: number,
): LabelIndex[] {
  let stride = slotsPerCombination;
  return [...domains]
    .reverse()
    .map(([name, values]) => {
      const label = { name, values, positions: new Map(values.map((value, i) => [value, i])), stride };
      stride *= values.length;
      return label;
    })
    .reverse();
}
