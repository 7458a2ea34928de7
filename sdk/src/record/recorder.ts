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
import { histogramShare, removeShare } from "./histogram-share.ts";
import { allocateSlots, blockOf, filledBlocks, labelsOf, type Slots } from "./slots.ts";

const NO_LABELS: NoLabels = {};

/**
 * Adds measurements up until a batch takes them. Memory is bounded by the catalog: a metric gets its slots when it is
 * first recorded, for every label combination that it can ever have, and keeps them. Never throws.
 */
export class Recorder {
  readonly #slots = new Map<Counter | Histogram, Slots>();

  /**
   * Adds to a counter.
   *
   * @param by a whole number from 0; anything else is counted as lost
   */
  increment<L extends LabelSet>(counter: Counter<L>, labels: L, by = 1): void {
    const slots = this.#slotsOf(counter);
    const start = blockOf(slots, labels);
    const fault = faultOf(Number.isSafeInteger(by) ? by : NaN, start);
    if (fault) this.lose(fault);
    else add(slots.numbers, start, by);
  }

  /**
   * Adds one observation to a histogram.
   *
   * @param value in the metric's unit; clamped to the layout's `max`; counted as lost when negative or not finite
   * @param labels default: none
   */
  observe<L extends LabelSet = NoLabels>(
    histogram: Histogram<L>,
    value: number,
    labels: L | NoLabels = NO_LABELS,
  ): void {
    const { bounds, max } = histogram.buckets;
    const slots = this.#slotsOf(histogram);
    const start = blockOf(slots, labels);
    const fault = faultOf(value, start);
    if (fault) {
      this.lose(fault);
      return;
    }
    const clamped = Math.min(value, max);
    add(slots.numbers, start + bucketOf(clamped, bounds), 1);
    add(slots.numbers, start + bounds.length + 1, clamped);
  }

  /** Counts measurements that were dropped. Loss is itself measured. */
  lose(where: TelemetryLoss, measurements = 1): void {
    this.increment(TELEMETRY_LOST, { where }, measurements);
  }

  /**
   * Takes what was recorded since the last call and sets it back to zero. What does not fit stays for the next call.
   *
   * @param maxBytes how long the deltas may be, as JSON
   */
  takeDeltas(maxBytes: number): Deltas {
    const counters: CounterDelta[] = [];
    const histograms: HistogramDelta[] = [];
    let bytesLeft = maxBytes;
    for (const slots of this.#slots.values()) {
      for (const { start, block } of filledBlocks(slots)) {
        const delta = deltaOf(slots, start, block);
        // Names and label values of the catalog are ASCII, so a character is a byte; the one more is a comma.
        bytesLeft -= JSON.stringify(delta).length + 1;
        if (bytesLeft < 0) return { counters, histograms };
        if ("delta" in delta) {
          counters.push(delta);
          add(block, 0, -delta.delta);
        } else {
          histograms.push(delta);
          removeShare(block, delta);
        }
      }
    }
    return { counters, histograms };
  }

  #slotsOf(metric: Counter | Histogram): Slots {
    let slots = this.#slots.get(metric);
    if (!slots) {
      slots = allocateSlots(metric);
      this.#slots.set(metric, slots);
    }
    return slots;
  }
}

/** Why a measurement cannot be added: its value, or labels that have no block. */
function faultOf(value: number, start: number): TelemetryLoss | undefined {
  if (!(value >= 0 && value < Infinity)) return "value";
  return start < 0 ? "internal" : undefined;
}

/** As much of a block as one batch may carry. */
function deltaOf(slots: Slots, start: number, block: Float64Array): CounterDelta | HistogramDelta {
  const { metric } = slots;
  const series = { name: metric.name, labels: labelsOf(slots, start) };
  if (metric.type === "counter") return { ...series, delta: Math.min(block[0] ?? 0, MAX_DELTA) };
  return { ...series, layout: metric.buckets.id, ...histogramShare(block, metric.buckets) };
}

/** The first bucket whose inclusive upper bound is not below the value. */
function bucketOf(value: number, bounds: readonly number[]): number {
  let bucket = 0;
  while (value > (bounds[bucket] ?? Infinity)) bucket++;
  return bucket;
}

function add(numbers: Float64Array, at: number, by: number): void {
  numbers[at] = (numbers[at] ?? 0) + by;
}
