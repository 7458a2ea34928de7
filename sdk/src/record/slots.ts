import type { Counter, Histogram, LabelSet } from "@sockscope/catalog/runtime";

/** The memory of one metric: a fixed block of numbers for each combination of label values that it can ever have. */
export interface Slots {
  readonly metric: Counter | Histogram;
  /** Each label with its values. The first label's index is the most significant digit of a block's position. */
  readonly domains: readonly (readonly [name: string, values: readonly string[]])[];
  /** Numbers in a block. A counter: its count. A histogram: a count for each bucket, then the sum. */
  readonly width: number;
  readonly numbers: Float64Array;
}

/** Allocates all that the metric can ever need. A label without a closed set of values cannot be recorded. */
export function allocateSlots(metric: Counter | Histogram): Slots {
  const domains = Object.entries(metric.labels).map(
    ([name, domain]) => [name, domain.kind === "enumerated" ? domain.values : []] as const,
  );
  const width = metric.type === "histogram" ? metric.buckets.bounds.length + 2 : 1;
  const blocks = domains.reduce((product, [, values]) => product * values.length, 1);
  return { metric, domains, width, numbers: new Float64Array(blocks * width) };
}

/** Where the block of these labels begins; -1 when a label is missing or has a value that the catalog does not know. */
export function blockOf({ domains, width }: Slots, labels: LabelSet): number {
  let block = 0;
  for (const [name, values] of domains) {
    const value = values.indexOf(labels[name] as string);
    if (value < 0) return -1;
    block = block * values.length + value;
  }
  return block * width;
}

/** The labels of the block that begins at `start`: the inverse of {@link blockOf}. */
export function labelsOf({ domains, width, numbers }: Slots, start: number): Record<string, string> {
  const labels: Record<string, string> = {};
  let stride = numbers.length / width;
  let block = start / width;
  for (const [name, values] of domains) {
    stride /= values.length;
    labels[name] = values[Math.floor(block / stride)] as string;
    block %= stride;
  }
  return labels;
}

/** The blocks that hold something, as views: writing into a block writes into the slots. */
export function* filledBlocks({ width, numbers }: Slots): Generator<{ start: number; block: Float64Array }> {
  for (let start = 0; start < numbers.length; start += width) {
    const block = numbers.subarray(start, start + width);
    if (block.some(Boolean)) yield { start, block };
  }
}
