import {
  counterLine,
  histogramLine,
  MAX_BATCH_LINES,
  MAX_DELTA,
  seriesText,
} from "@sockscope/catalog/protocol";
import {
  bucketCount,
  type Counter,
  type Histogram,
  type LabelSet,
  type NoLabels,
  TELEMETRY_LOST,
  type TelemetryLoss,
} from "@sockscope/catalog/runtime";
import { type Tell, textOf } from "../problems.ts";
import type { Deltas } from "./deltas.ts";
import type { Sink } from "./sink.ts";

/** Where a counter's series is, to add to it without looking it up. */
export type Slot = number;

/** Its numbers are those from `first` on: one of a counter; of a histogram its buckets, then the sum. */
interface Series {
  readonly text: string;
  readonly first: Slot;
  readonly histogram: Histogram | undefined;
  /** Whether what is added to it is a measurement that can be lost. */
  readonly isMeasured: boolean;
}

/** How many series a page may have. It seldom has a tenth of them; close codes alone could make more. */
export const MAX_SERIES = 1000;

/** Where goes what has no room and is no measurement that could be lost. */
const NOWHERE: Slot = 0;

/** Adds measurements up until a batch takes them. Nothing in it throws but what a sink throws. */
export interface Recorder {
  /**
   * The slot of a counter's series.
   *
   * @param isMeasured whether what is added is a measurement that can be lost. Default: yes
   */
  slot<L extends LabelSet>(counter: Counter<L>, labels: L, isMeasured?: boolean): Slot;
  /** Adds to the counter in a slot. Allocates nothing. */
  add(slot: Slot, by?: number): void;
  /** Adds to a counter. */
  count<L extends LabelSet>(counter: Counter<L>, labels: L, by?: number): void;
  /**
   * Adds one observation to a histogram.
   *
   * @param value in the metric's unit; clamped to the layout's `max`; counted as lost when negative or not finite
   * @param labels default: none
   */
  observe<L extends LabelSet = NoLabels>(histogram: Histogram<L>, value: number, labels?: L): void;
  /** Counts measurements that were dropped. Loss is itself measured. */
  lose(where: TelemetryLoss, measurements?: number): void;
  /** Counts a measurement that a fault has cost, and has the fault told. */
  failed(fault: unknown): void;
  /** Whether anything was recorded that a batch is due for: measurements, or the loss of some. */
  hasNews(): boolean;
  /** What was recorded since the last time, as much as fits. */
  read(room: number): Deltas;
  /** Forgets what was recorded. */
  clear(): void;
}

/**
 * A recorder with nothing in it.
 *
 * @param tell is told of faults. Default: nobody
 */
export function createRecorder(sinks: readonly Sink[] = [], tell: Tell = () => {}): Recorder {
  const all = new Map<string, Series>();
  /** By first slot; sparse. */
  const bySlot: Series[] = [];
  /** Those without labels, which need no text to be found. */
  const unlabelled = new Map<Histogram, Series>();
  // The fraction makes it a list of doubles from the start, which stores them without allocating.
  const values: number[] = [0.5];

  function seriesOf(
    metric: Counter | Histogram,
    labels: LabelSet,
    size: number,
    histogram?: Histogram,
    isMeasured = true,
  ): Series | undefined {
    const text = seriesText(
      metric.name,
      Object.keys(metric.labels).map((label) => labels[label] as string),
    );
    let series = all.get(text);
    if (!series && (all.size < MAX_SERIES || metric === TELEMETRY_LOST)) {
      series = { text, first: values.length, histogram, isMeasured };
      all.set(text, series);
      bySlot[series.first] = series;
      while (values.length < series.first + size) values.push(0);
    }
    return series;
  }

  function slot(counter: Counter, labels: LabelSet, isMeasured?: boolean): Slot {
    const series = seriesOf(counter, labels, 1, undefined, isMeasured);
    if (series) return series.first;
    return isMeasured === false ? NOWHERE : slot(TELEMETRY_LOST, { where: "queue" });
  }

  function add(at: Slot, by = 1): void {
    (values[at] as number) += by;
    if (at === NOWHERE) return;
    for (const sink of sinks) sink.counted?.((bySlot[at] as Series).text, by);
  }

  function count(counter: Counter, labels: LabelSet, by?: number): void {
    add(slot(counter, labels), by);
  }

  function histogramSeries(histogram: Histogram, labels?: LabelSet): Series | undefined {
    const known = labels ? undefined : unlabelled.get(histogram);
    if (known) return known;
    const series = seriesOf(histogram, labels ?? {}, bucketCount(histogram.layout) + 1, histogram);
    if (series && !labels) unlabelled.set(histogram, series);
    return series;
  }

  function observe(histogram: Histogram, value: number, labels?: LabelSet): void {
    const { bounds, max } = histogram.layout;
    const series = histogramSeries(histogram, labels);
    let bucket = 0;
    // Ends behind the last bound too: nothing is greater than undefined.
    while (value > (bounds[bucket] as number)) bucket++;
    const at = (series?.first ?? 0) + bucket;
    // NaN is neither.
    if (!(value >= 0 && value < Infinity)) lose("value");
    else if (!series || values[at] === MAX_DELTA) lose("queue");
    else {
      (values[at] as number)++;
      (values[series.first + bucketCount(histogram.layout)] as number) += Math.min(value, max);
      for (const sink of sinks) sink.observed?.(series.text, value);
    }
  }

  function lose(where: TelemetryLoss, measurements = 1): void {
    if (measurements > 0) count(TELEMETRY_LOST, { where }, measurements);
  }

  function failed(fault: unknown): void {
    lose("internal");
    tell("SOCKSCOPE_ERR_FAULT", `a measurement is lost, since something threw: ${textOf(fault)}`);
  }

  /** The numbers of a series that count events; of a histogram they are its buckets. */
  function countsOf({ first, histogram }: Series): number[] {
    const counts = values.slice(first, first + (histogram ? bucketCount(histogram.layout) : 1));
    return counts.map((count) => Math.min(count, MAX_DELTA));
  }

  function hasNews(): boolean {
    return Array.from(all.values()).some((series) => series.isMeasured && countsOf(series).some(Boolean));
  }

  function read(room: number): Deltas {
    const lines: string[] = [];
    const amounts: [Slot, number][] = [];
    let measurements = 0;
    let left = room;
    let isClipped = false;
    for (const series of all.values()) {
      const { text, first, histogram, isMeasured } = series;
      const counts = countsOf(series);
      const total = counts.reduce((sum, count) => sum + count);
      if (total === 0) continue;
      const sum = values[first + counts.length] as number;
      const line = histogram
        ? histogramLine(text, histogram.layout.id, counts, rounded(sum))
        : counterLine(text, total);
      left -= line.length + 1;
      if (lines.length === MAX_BATCH_LINES) left = -1;
      if (left < 0) break;
      lines.push(line);
      isClipped ||= counts.includes(MAX_DELTA);
      for (const [at, count] of counts.entries()) amounts.push([first + at, count]);
      if (histogram) amounts.push([first + counts.length, sum]);
      if (isMeasured) measurements += total;
    }
    const take = (): void => {
      for (const [at, amount] of amounts) (values[at] as number) -= amount;
    };
    return { lines, measurements, isAll: left >= 0 && !isClipped, take };
  }

  return {
    slot,
    add,
    count,
    observe,
    lose,
    failed,
    hasNews,
    read,
    clear: () => void values.fill(0),
  } as Recorder;
}

/** Enough digits for a sum, and without what binary fractions add: 0.031 stays 0.031. */
function rounded(sum: number): number {
  return Number(sum.toPrecision(12));
}
