import {
  type CountedMetric,
  histogramSeries,
  histogramSlots,
  type LabelDomain,
  type LabelSet,
  labelCombinations,
  type Metric,
} from "@sockscope/catalog";

/** A metric that gets a family; `app` is a label like any other here. */
export interface FamilyDeclaration extends CountedMetric {
  readonly help: string;
}

type Labels = Readonly<Record<string, LabelDomain>>;

/**
 * What of a metric's series is the same whatever apps and releases there are. It is made once: a release that is announced
 * adds blocks to a family, and every block is of this shape.
 */
export interface FamilyShape {
  readonly metric: Metric;
  /** The `# HELP` text. */
  readonly help: string;
  /** The labels that tell blocks from each other: those up to the last that a deployment has the values of. */
  readonly outer: Labels;
  /** Which combinations of them cannot be. */
  readonly impossibleBlocks: CountedMetric["impossible"];
  /** The labels within a block. */
  readonly inner: Labels;
  /** Their combinations that can be, in exposition order, which is that of the slots. */
  readonly combinations: readonly LabelSet[];
  readonly slotsPerCombination: number;
  readonly seriesPerCombination: number;
}

/** The shape of a metric's family. */
export function familyShape({ metric, help, impossible }: FamilyDeclaration): FamilyShape {
  const labels = Object.entries<LabelDomain>(metric.labels);
  const named = new Set((impossible ?? []).flatMap((pattern) => Object.keys(pattern)));
  const configured = labels.findLastIndex(([, domain]) => isConfigured(domain)) + 1;
  // Where it depends on the app what else is possible, blocks would not be alike; so each is a single combination.
  const isMixed = labels.slice(0, configured).some(([name]) => named.has(name));
  const split = isMixed ? labels.length : configured;
  const inner = Object.fromEntries(labels.slice(split));
  return {
    metric,
    help,
    outer: Object.fromEntries(labels.slice(0, split)),
    impossibleBlocks: isMixed ? impossible : undefined,
    inner,
    combinations: labelCombinations({
      metric: { ...metric, labels: inner },
      ...(!isMixed && impossible && { impossible }),
    }),
    slotsPerCombination: "layout" in metric ? histogramSlots(metric.layout) : 1,
    seriesPerCombination: "layout" in metric ? histogramSeries(metric.layout) : 1,
  };
}

function isConfigured(domain: LabelDomain): boolean {
  return "kind" in domain && domain.kind === "configured";
}
