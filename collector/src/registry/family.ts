import {
  type Deployment,
  domainValues,
  type LabelDomain,
  type LabelSet,
  labelCombinations,
  type Metric,
} from "@sockscope/catalog";
import type { FamilyShape } from "./family-shape.ts";

export type { FamilyDeclaration } from "./family-shape.ts";

/** In {@link Family.firstSlots}: a label combination that the catalog rules out. */
export const IMPOSSIBLE = -1;

/** One label of a family, as a digit of the number that stands for a label combination. */
export interface LabelIndex {
  readonly name: string;
  readonly positions: ReadonlyMap<string, number>;
  /** What one position is worth in that number. */
  readonly stride: number;
}

/** The series of one app, or of one release of it: a stretch of slots. */
export interface Block {
  readonly labels: LabelSet;
  readonly firstSlot: number;
}

/**
 * All series of one metric: a block of slots an app and release, and in it one stretch a label combination. A counter or
 * gauge has one slot a combination; a histogram has one a bucket (not cumulative, `+Inf` last) and then one for the sum.
 */
export interface Family {
  readonly shape: FamilyShape;
  readonly metric: Metric;
  /** In exposition order, which is that of the slots. */
  readonly blocks: readonly Block[];
  readonly slotsPerBlock: number;
  readonly labels: readonly LabelIndex[];
  /** The first slot of each label combination by its number, or {@link IMPOSSIBLE}. */
  readonly firstSlots: Int32Array;
}

/** Allots slots to the label combinations that a metric has in a deployment, from `firstSlot` on. */
export function allotFamily(shape: FamilyShape, firstSlot: number, deployment: Deployment): Family {
  const { metric, combinations, slotsPerCombination } = shape;
  const slotsPerBlock = combinations.length * slotsPerCombination;
  const blocks = blockLabels(shape, deployment).map((labels, position) => ({
    labels,
    firstSlot: firstSlot + position * slotsPerBlock,
  }));
  const labels = indexLabels(metric, deployment);
  const firstSlots = numberSlots(shape, labels, blocks);
  return { shape, metric, blocks, slotsPerBlock, labels, firstSlots };
}

/** Every label combination of a family, in exposition order. */
export function familyCombinations({ shape, blocks }: Family): readonly LabelSet[] {
  return blocks.flatMap(({ labels }) => shape.combinations.map((inner) => ({ ...labels, ...inner })));
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

function blockLabels({ metric, outer, impossibleBlocks }: FamilyShape, deployment: Deployment) {
  const counted = { metric: { ...metric, labels: outer } };
  return labelCombinations(
    impossibleBlocks ? { ...counted, impossible: impossibleBlocks } : counted,
    deployment,
  );
}

/** The last label varies fastest, so the numbers within a block follow each other, as its slots do. */
function numberSlots(
  { metric, outer, combinations, slotsPerCombination }: FamilyShape,
  labels: readonly LabelIndex[],
  blocks: readonly Block[],
): Int32Array {
  const outerLabels = labels.slice(0, Object.keys(outer).length);
  const innerLabels = labels.slice(outerLabels.length);
  const innerNumbers = combinations.map((inner) => combinationNumber(metric, innerLabels, inner));
  const firstSlots = new Int32Array(combinationNumbers(labels)).fill(IMPOSSIBLE);
  for (const block of blocks) {
    const first = combinationNumber(metric, outerLabels, block.labels);
    let slot = block.firstSlot;
    for (const number of innerNumbers) {
      firstSlots[first + number] = slot;
      slot += slotsPerCombination;
    }
  }
  return firstSlots;
}

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
