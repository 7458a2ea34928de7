import type { BucketLayout, Histogram, NoLabels } from "@sockscope/catalog";
import { distributionSamples, type Sample } from "./samples.ts";

/** Values in the buckets of a layout. */
export class Buckets {
  readonly bounds: readonly number[];
  readonly counts: Float64Array;
  sum = 0;
  readonly #max: number;

  constructor({ bounds, max }: BucketLayout) {
    this.bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
    this.#max = max;
  }

  /** Adds one value, clamped to what the layout allows; one that is not a number is left out. */
  add(value: number): void {
    if (Number.isNaN(value)) return;
    const clamped = Math.min(Math.max(value, 0), this.#max);
    const found = this.bounds.findIndex((bound) => clamped <= bound);
    const position = found === -1 ? this.bounds.length : found;
    this.counts[position] = (this.counts[position] ?? 0) + 1;
    this.sum += clamped;
  }
}

/** A histogram of the catalog, alive, from zero on. */
export class LiveHistogram {
  readonly #buckets: Buckets;
  readonly #labels: Readonly<Record<string, string>>;

  constructor({ layout }: Histogram<NoLabels>, app: string) {
    this.#buckets = new Buckets(layout);
    this.#labels = { app };
  }

  /** Records one value in the metric's unit. */
  observe(value: number): void {
    this.#buckets.add(value);
  }

  samples(): Sample[] {
    return distributionSamples(this.#buckets, this.#labels, ["_count", "_sum"]);
  }
}
