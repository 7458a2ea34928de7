import type { Deployment, LabelSet, Metric } from "@sockscope/catalog";
import { existing } from "../existing.ts";
import { allotFamily, combinationNumber, type Family, IMPOSSIBLE } from "./family.ts";
import { type FamilyDeclaration, familyShape } from "./family-shape.ts";
import { withKeptLayouts } from "./kept-layouts.ts";

/** What a batch adds: `amounts[i]` to `slots[i]`. */
export interface Increments {
  readonly slots: readonly number[];
  readonly amounts: readonly number[];
}

declare const CHECKED: unique symbol;

/** Increments that {@link Registry.checked} has found to be possible. */
export interface CheckedIncrements extends Increments {
  readonly [CHECKED]: true;
}

/**
 * Every series that the collector can ever expose, made at start with the value zero, so that `rate()` sees the first
 * event of each and no input can create another.
 */
export class Registry {
  readonly families: readonly Family[];
  /** How many lines the exposition has, comments aside. */
  readonly series: number;
  /** The values of all slots. */
  readonly values: Float64Array;
  readonly #byName: ReadonlyMap<string, Family>;

  /**
   * @param source what is counted; or another registry, whose metrics this one has, with the values of every series that both
   *   have
   */
  constructor(source: readonly FamilyDeclaration[] | Registry, deployment: Deployment = {}) {
    const shapes =
      source instanceof Registry
        ? source.families.map(({ shape }) => shape)
        : source.flatMap(withKeptLayouts).map(familyShape);
    let slots = 0;
    this.families = shapes.map((shape) => {
      const family = allotFamily(shape, slots, deployment);
      slots += family.blocks.length * family.slotsPerBlock;
      return family;
    });
    this.series = this.#countSeries(() => true);
    this.values = new Float64Array(slots);
    this.#byName = new Map(this.families.map((family) => [family.metric.name, family]));
    if (source instanceof Registry) this.#takeOver(source);
  }

  /** How many of the series have this value of the label `app`. */
  seriesOfApp(app: string): number {
    return this.#countSeries((labels) => labels["app"] === app);
  }

  /**
   * The family of a metric's name.
   *
   * @throws TypeError when it was not declared: a fault of the caller's own
   */
  family({ name }: Metric): Family {
    const family = this.#byName.get(name);
    if (family === undefined) throw new TypeError(`${name} is not in the registry`);
    return family;
  }

  /**
   * The first slot of one label combination.
   *
   * @throws TypeError when the registry has none for it: a fault of the caller's own
   */
  slotOf(metric: Metric, labels: LabelSet = {}): number {
    const family = this.family(metric);
    const combination = combinationNumber(metric, family.labels, labels);
    const slot = existing(family.firstSlots[combination], combination);
    if (slot === IMPOSSIBLE)
      throw new TypeError(`${metric.name} cannot have the labels ${JSON.stringify(labels)}`);
    return slot;
  }

  /**
   * Adds to one slot.
   *
   * @throws RangeError when there is no such slot, or the amount is not a number from zero
   */
  add(slot: number, amount: number): void {
    this.#checkAmount(slot, amount);
    this.values[slot] = existing(this.values[slot], slot) + amount;
  }

  /**
   * Sets one slot, of what is read rather than added up here.
   *
   * @throws RangeError when there is no such slot
   */
  set(slot: number, value: number): void {
    existing(this.values[slot], slot);
    this.values[slot] = value;
  }

  /**
   * What {@link apply} takes. Changes nothing, so that increments of several parts are applied all or, when anything is at
   * fault, none.
   *
   * @throws RangeError when a slot does not exist, or an amount is not a number from zero
   */
  checked(increments: Increments): CheckedIncrements {
    const { slots, amounts } = increments;
    if (slots.length !== amounts.length)
      throw new RangeError(`there are ${slots.length} slots for ${amounts.length} amounts`);
    for (let i = 0; i < slots.length; i += 1) {
      const slot = existing(slots[i], i);
      existing(this.values[slot], slot);
      this.#checkAmount(slot, existing(amounts[i], i));
    }
    return increments as CheckedIncrements;
  }

  /** Adds what a batch gained. */
  apply({ slots, amounts }: CheckedIncrements): void {
    for (let i = 0; i < slots.length; i += 1) {
      const slot = existing(slots[i], i);
      this.values[slot] = existing(this.values[slot], slot) + existing(amounts[i], i);
    }
  }

  #checkAmount(slot: number, amount: number): void {
    // A sum that falls would look like a restart, and one that is not a number never becomes one again.
    if (!(amount >= 0 && amount < Number.POSITIVE_INFINITY))
      throw new RangeError(`${amount} cannot be added to slot ${slot}`);
  }

  /** Copies whole blocks: nothing else is served meanwhile, and a deployment may have hundreds of thousands of series. */
  #takeOver({ families, values }: Registry): void {
    for (const [position, { blocks, slotsPerBlock }] of this.families.entries()) {
      const before = families[position]?.blocks ?? [];
      const firstSlots = new Map(before.map(({ labels, firstSlot }) => [blockKey(labels), firstSlot]));
      for (const { labels, firstSlot } of blocks) {
        const from = firstSlots.get(blockKey(labels));
        if (from !== undefined) this.values.set(values.subarray(from, from + slotsPerBlock), firstSlot);
      }
    }
  }

  #countSeries(isCounted: (block: LabelSet) => boolean): number {
    return this.families.reduce(
      (series, { blocks, shape: { combinations, seriesPerCombination } }) =>
        series +
        blocks.filter(({ labels }) => isCounted(labels)).length * combinations.length * seriesPerCombination,
      0,
    );
  }
}

function blockKey(labels: LabelSet): string {
  return JSON.stringify(Object.values(labels));
}
