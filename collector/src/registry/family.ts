import {
  type CountedMetric,
  type Deployment,
  domainValues,
  histogramSeries,
  histogramSlots,
  type LabelDomain,
  type LabelSet,
  labelCombinations,
  type Metric,
} from "@sockscope/catalog";

/** In {@link Family.firstSlots}: a label combination that the catalog rules out. */
export const IMPOSSIBLE = -1;

/** One label of a family, as a digit of the number that stands for a label combination. */
export interface LabelIndex {
  readonly name: string;
  readonly positions: ReadonlyMap<string, number>;
  /** What one position is worth in that number. */
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
  /** In exposition order, which is that of the slots. */
  readonly combinations: readonly LabelSet[];
  readonly labels: readonly LabelIndex[];
  /** The first slot of each label combination by its number, or {@link IMPOSSIBLE}. */
  readonly firstSlots: Int32Array;
  readonly slotsPerCombination: number;
  readonly seriesPerCombination: number;
}

/** A metric that gets a family; `app` is a label like any other here. */
export interface FamilyDeclaration extends CountedMetric {
  readonly help: string;
}

/** Allots slots to a metric's label combinations, from `firstSlot` on. */
export function allotFamily(
  declaration: FamilyDeclaration,
  firstSlot: number,
  deployment: Deployment,
): Family {
  const { metric, help } = declaration;
  const slotsPerCombination = "layout" in metric ? histogramSlots(metric.layout) : 1;
  const combinations = labelCombinations(declaration, deployment);
  const labels = indexLabels(metric, deployment);
  const firstSlots = new Int32Array(combinationNumbers(labels)).fill(IMPOSSIBLE);
  for (const [place, combination] of combinations.entries()) {
    firstSlots[combinationNumber(metric, labels, combination)] = firstSlot + place * slotsPerCombination;
  }
  return {
    metric,
    help,
    combinations,
    labels,
    firstSlots,
    slotsPerCombination,
    seriesPerCombination: "layout" in metric ? histogramSeries(metric.layout) : 1,
  };
}

/**
 * The number of a label combination.
 *
 * @throws TypeError when a label is not one of its values: a fault of the caller's own
 */
export function combinationNumber({ name }: Metric, labels: readonly LabelIndex[], values: LabelSet): number {
  return labels.reduce((number, label) => {
    const position = label.positions.get(values[label.name] ?? "");
    if (position === undefined) throw new TypeError(`${name} has no ${label.name}="${values[label.name]}"`);
    return number + position * label.stride;
  }, 0);
}

/** Whether every label of a combination has a value that the family knows. */
export function knowsLabels({ labels }: Family, values: LabelSet): boolean {
  return labels.every(({ name, positions }) => positions.has(values[name] ?? ""));
}

/** The last label varies fastest. */
function indexLabels(metric: Metric, deployment: Deployment): LabelIndex[] {
  let stride = 1;
  return Object.entries<LabelDomain>(metric.labels)
    .reverse()
    .map(([name, domain]) => {
      const values = closedValues(metric, name, domain, deployment);
      const label = { name, positions: new Map(values.map((value, i) => [value, i])), stride };
      stride *= values.length;
      return label;
    })
    .reverse();
}

/** How many numbers there are for label combinations, those of impossible ones included. */
function combinationNumbers(labels: readonly LabelIndex[]): number {
  return labels.reduce((product, { positions }) => product * positions.size, 1);
}

/** A capped label gets its values at run time, so a collector that allotted one slots could not promise its series. */
function closedValues(
  metric: Metric,
  name: string,
  domain: LabelDomain,
  deployment: Deployment,
): readonly string[] {
  if (!("kind" in domain) || domain.kind === "configured") return domainValues(name, domain, deployment);
  throw new TypeError(`${metric.name} has a label ${name}, whose values are not known at start`);
}
