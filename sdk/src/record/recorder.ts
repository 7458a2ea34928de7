import { type CounterDelta, type HistogramDelta, MAX_DELTA } from "@sockscope/catalog/protocol";
import {
  type Counter,
  type Histogram,
  type LabelSet,
  type NoLabels,
  TELEMETRY_LOST,
  type TelemetryLoss,
} from "@sockscope/catalog/runtime";
import type { Deltas } from "./deltas.ts";
import { seriesKey } from "./series-key.ts";

type CounterSlot = CounterDelta & { delta: number };
type HistogramSlot = HistogramDelta & { readonly counts: number[]; sum: number };

/**
 * Adds measurements up, in the shape of the wire, until a batch takes them. Memory is bounded by the catalog: there is at
 * most one slot for each combination of label values that it knows. Never throws.
 */
export class Recorder {
  readonly #counters = new Map<string, CounterSlot>();
  readonly #histograms = new Map<string, HistogramSlot>();

  /**
   * Adds to a counter.
   *
   * @param by a whole number from 0; anything else is counted as lost
   */
  increment<L extends LabelSet>(counter: Counter<L>, labels: L, by = 1): void {
    const key = this.#keyOf(counter, labels, Number.isSafeInteger(by) ? by : NaN);
    if (!key || by === 0) return;
    const slot = this.#counters.get(key) ?? { name: counter.name, labels, delta: 0 };
    slot.delta += by;
    this.#counters.set(key, slot);
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
    const key = this.#keyOf(histogram, labels, value);
    if (!key) return;
    const { name, buckets } = histogram;
    const { id: layout, bounds, max } = buckets;
    const slot = this.#histograms.get(key) ?? {
      name,
      labels,
      layout,
      counts: [...bounds, max].fill(0),
      sum: 0,
    };
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
    this.#histograms.set(key, slot);
  }

  /** Counts measurements that were dropped. Loss is itself measured. */
  lose(where: TelemetryLoss, measurements = 1): void {
    this.increment(TELEMETRY_LOST, { where }, measurements);
  }

  /**
   * Takes what was recorded since the last call; what a counter has over `MAX_DELTA` stays for the next. It always fits
   * one batch: everything that the catalog can count is shorter (a test holds it).
   */
  takeDeltas(): Deltas {
    const counters = Array.from(this.#counters.values(), (slot) => ({
      ...slot,
      delta: Math.min(slot.delta, MAX_DELTA),
    }));
    const histograms = Array.from(this.#histograms.values(), (slot) => ({ ...slot, sum: rounded(slot.sum) }));
    for (const [key, slot] of this.#counters) {
      slot.delta -= MAX_DELTA;
      if (slot.delta <= 0) this.#counters.delete(key);
    }
    this.#histograms.clear();
    return { counters, histograms };
  }

  /** The key of the series that a measurement belongs to; when it belongs to none, counts it as lost. */
  #keyOf(metric: Counter | Histogram, labels: LabelSet, value: number): string | undefined {
    const key = seriesKey(metric, labels);
    const isGood = value >= 0 && value < Infinity;
    if (isGood && key) return key;
    this.lose(isGood ? "internal" : "value");
    return undefined;
  }
}

/** Enough digits for a sum, and without what binary fractions add: 0.031 stays 0.031. */
function rounded(sum: number): number {
  return Number(sum.toPrecision(12));
}
