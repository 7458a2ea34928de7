import { MAX_DELTA } from "@sockscope/catalog/protocol";
import {
  bucketCount,
  type Counter,
  type Histogram,
  type LabelSet,
  type NoLabels,
  TELEMETRY_LOST,
  type TelemetryLoss,
} from "@sockscope/catalog/runtime";
import type { Vocabulary } from "../vocabulary.ts";
import type { CounterDelta, Deltas, HistogramDelta } from "./deltas.ts";
import { knownLabels } from "./known-labels.ts";

type Series = Pick<CounterDelta, "name" | "labels">;
type CounterSlot = CounterDelta & { delta: number };
type HistogramSlot = HistogramDelta & { readonly counts: number[]; sum: number };

/** How many counters one batch takes. A page seldom has a tenth of them. */
export const MAX_COUNTERS = 90;

/**
 * Adds measurements up, in slots, until a batch takes them. Memory is bounded by the catalog: there is at
 * most one slot for each combination of label values that it knows. A value that it does not know counts as `other` where
 * there is that, and else as lost. Never throws.
 */
export class Recorder {
  readonly #counters = new Map<string, CounterSlot>();
  readonly #histograms = new Map<string, HistogramSlot>();
  readonly #own: Vocabulary["own"] | undefined;

  /** @param own values that the labels of a metric have beside those of the catalog. Default: none */
  constructor(own?: Vocabulary["own"]) {
    this.#own = own;
  }

  /**
   * Adds to a counter.
   *
   * @param by a whole number from 1; anything else is counted as lost
   */
  increment<L extends LabelSet>(counter: Counter<L>, labels: L, by = 1): void {
    const isGood = Number.isSafeInteger(by) && by > 0;
    const slot = this.#slotOf(this.#counters, counter, labels, isGood, (series) => ({ ...series, delta: 0 }));
    if (slot) slot.delta += by;
  }

  /**
   * Adds one observation to a histogram. When its bucket is as full as a batch can say, it is counted as lost.
   *
   * @param value in the metric's unit; clamped to the layout's `max`; counted as lost when negative or not finite
   * @param labels default: none
   */
  observe<L extends LabelSet = NoLabels>(
    histogram: Histogram<L>,
    value: number,
    labels: L | NoLabels = {},
  ): void {
    const { layout } = histogram;
    const { id, bounds, max } = layout;
    const isGood = value >= 0 && value < Infinity;
    const slot = this.#slotOf(this.#histograms, histogram, labels, isGood, (series) => ({
      ...series,
      layout: id,
      counts: Array<number>(bucketCount(layout)).fill(0),
      sum: 0,
    }));
    if (!slot) return;
    let bucket = 0;
    // Ends behind the last bound too: nothing is greater than undefined.
    while (value > (bounds[bucket] as number)) bucket++;
    const count = slot.counts[bucket] as number;
    if (count === MAX_DELTA) {
      this.lose("queue");
      return;
    }
    slot.counts[bucket] = count + 1;
    slot.sum += Math.min(value, max);
  }

  /** Counts measurements that were dropped. Loss is itself measured. */
  lose(where: TelemetryLoss, measurements = 1): void {
    if (measurements > 0) this.increment(TELEMETRY_LOST, { where }, measurements);
  }

  /**
   * Takes what was recorded since the last call, as much as fits one batch (a test holds it); what a counter has over
   * `MAX_DELTA`, and counters beyond {@link MAX_COUNTERS}, stay for the next.
   */
  takeDeltas(): Deltas {
    const counters = Array.from(this.#counters)
      .slice(0, MAX_COUNTERS)
      .map(([key, slot]) => {
        const delta = Math.min(slot.delta, MAX_DELTA);
        slot.delta -= delta;
        if (slot.delta === 0) this.#counters.delete(key);
        return { ...slot, delta };
      });
    const histograms = Array.from(this.#histograms.values(), (slot) => ({ ...slot, sum: rounded(slot.sum) }));
    this.#histograms.clear();
    return { counters, histograms };
  }

  /** Whether the next batch could not hold everything. */
  get isOverfull(): boolean {
    return this.#counters.size > MAX_COUNTERS;
  }

  /** The slot of the series that a measurement belongs to; when it belongs to none, counts it as lost. */
  #slotOf<Slot>(
    slots: Map<string, Slot>,
    metric: Counter | Histogram,
    labels: LabelSet,
    isGood: boolean,
    create: (series: Series) => Slot,
  ): Slot | undefined {
    const known = knownLabels(metric, labels, this.#own?.get(metric));
    if (!known || !isGood) {
      this.lose(isGood ? "internal" : "value");
      return undefined;
    }
    const series = { name: metric.name, labels: known };
    const key = JSON.stringify(series);
    const slot = slots.get(key) ?? create(series);
    slots.set(key, slot);
    return slot;
  }
}

/** Enough digits for a sum, and without what binary fractions add: 0.031 stays 0.031. */
function rounded(sum: number): number {
  return Number(sum.toPrecision(12));
}
