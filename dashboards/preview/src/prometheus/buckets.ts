import type { Sample } from "./sample.ts";
import { boundOf } from "./sample.ts";

/** One bucket of a histogram over time; as Prometheus has it, with what all smaller buckets have. */
export interface Bucket {
  readonly le: string;
  readonly values: readonly Sample[];
}

function difference(above: Sample, below: Sample): Sample {
  if (above === null) return null;
  // Sums of rates differ in their last digit where nothing is between two bounds.
  return Math.max(0, above - (below ?? 0));
}

/** The buckets by their bounds, each with only what lies between the bound below and its own. */
export function separateBuckets(buckets: readonly Bucket[]): Bucket[] {
  const ascending = [...buckets].sort((a, b) => boundOf(a.le) - boundOf(b.le));
  return ascending.map(({ le, values }, i) => {
    const below = ascending[i - 1]?.values ?? [];
    return { le, values: values.map((value, at) => difference(value, below[at] ?? null)) };
  });
}
