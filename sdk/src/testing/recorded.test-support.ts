import { wireName } from "@sockscope/catalog/protocol";
import type { Counter, Histogram } from "@sockscope/catalog/runtime";

/** What a series has come to: a counter's total; of a histogram how many values, and their sum. */
export interface Total {
  readonly count: number;
  readonly sum: number;
}

/** Adds up what batches carry. */
export class Totals {
  readonly #bySeries = new Map<string, Total>();

  add(lines: readonly string[]): void {
    for (const line of lines) {
      const [series = "", first = "", buckets, sum = "0"] = line.split(" ");
      const added = buckets === undefined ? Number(first) : bucketsTotal(buckets);
      const before = this.#bySeries.get(series) ?? { count: 0, sum: 0 };
      this.#bySeries.set(series, { count: before.count + added, sum: before.sum + Number(sum) });
    }
  }

  /** What the series of a metric have come to that have these label values in front, in the catalog's order. */
  of({ name }: Counter | Histogram, ...labels: readonly string[]): Total {
    const prefix = [wireName(name), ...labels].join("/");
    let count = 0;
    let sum = 0;
    for (const [series, total] of this.#bySeries) {
      if (series !== prefix && !series.startsWith(`${prefix}/`)) continue;
      count += total.count;
      sum += total.sum;
    }
    return { count, sum };
  }

  /** Every series of a metric, as `labels count`, or `labels count sum` for a histogram. */
  shown(metric: Counter | Histogram): string[] {
    const shown: string[] = [];
    for (const [series, { count, sum }] of this.#bySeries) {
      const [name, ...labels] = series.split("/");
      if (name !== wireName(metric.name)) continue;
      const sums = metric.type === "histogram" ? [Number(sum.toPrecision(12))] : [];
      shown.push([...labels, count, ...sums].join(" "));
    }
    return shown.sort();
  }
}

function bucketsTotal(buckets: string): number {
  return buckets.split(",").reduce((total, bucket) => total + Number(bucket.split(":")[1]), 0);
}
