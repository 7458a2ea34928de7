import type { Metric } from "@sockscope/catalog";
import { type Family, type FamilyDeclaration, layOutFamily } from "./family.ts";

/** What a batch adds: `amounts[i]` to `slots[i]`. */
export interface Increments {
  readonly slots: readonly number[];
  readonly amounts: readonly number[];
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

  constructor(declarations: readonly FamilyDeclaration[]) {
    let slots = 0;
    this.families = declarations.map((declaration) => {
      const family = layOutFamily(declaration, slots);
      slots += family.combinations * family.slotsPerCombination;
      return family;
    });
    this.series = this.families.reduce((sum, family) => sum + family.series, 0);
    this.values = new Float64Array(slots);
    this.#byName = new Map(this.families.map((family) => [family.metric.name, family]));
  }

  /** The family of a metric's name; undefined for a name that was not declared. */
  family(name: string): Family | undefined {
    return this.#byName.get(name);
  }

  /**
   * The first slot of one label combination.
   *
   * @throws TypeError when the metric was not declared or a label is not one of its values: a fault of the caller's own
   */
  slotOf(metric: Metric, labels: Readonly<Record<string, string>> = {}): number {
    const family = this.family(metric.name);
    if (family === undefined) throw new TypeError(`${metric.name} is not in the registry`);
    return family.labels.reduce((slot, { name, positions, stride }) => {
      const position = positions.get(labels[name] ?? "");
      if (position === undefined) throw new TypeError(`${metric.name} has no ${name}="${labels[name]}"`);
      return slot + position * stride;
    }, family.firstSlot);
  }

  /** Adds to one slot. */
  add(slot: number, amount: number): void {
    this.values[slot] = (this.values[slot] ?? 0) + amount;
  }

  /** Sets the slot of a gauge. */
  set(slot: number, value: number): void {
    this.values[slot] = value;
  }

  /** Adds what a batch gained. */
  apply({ slots, amounts }: Increments): void {
    for (let i = 0; i < slots.length; i += 1) this.add(slots[i] ?? 0, amounts[i] ?? 0);
  }
}
