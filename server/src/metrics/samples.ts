/** One line of an exposition. */
export interface Sample {
  /** What follows the metric's name, as in `_bucket`. Default: nothing. */
  readonly suffix?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** By what a sample is the same in another process. */
export function sampleKey({ suffix = "", labels }: Sample): string {
  return JSON.stringify([suffix, labels]);
}

/** A distribution as cumulative buckets with their count and sum. */
export interface Distribution {
  readonly bounds: readonly number[];
  /** How many values are in each bucket and in no lower one; one more than there are bounds. */
  readonly counts: ArrayLike<number>;
  readonly sum: number;
}

/** What the samples of a distribution are called: of all that was, or of what is. */
export type DistributionSuffixes = readonly [count: "_count" | "_gcount", sum: "_sum" | "_gsum"];

/** A distribution as lines of an exposition. */
export function distributionSamples(
  { bounds, counts, sum }: Distribution,
  labels: Readonly<Record<string, string>>,
  [countSuffix, sumSuffix]: DistributionSuffixes,
): Sample[] {
  let below = 0;
  const buckets = [...bounds.map(String), "+Inf"].map((le, position): Sample => {
    below += counts[position] ?? 0;
    return { suffix: "_bucket", labels: { le, ...labels }, value: below };
  });
  return [
    ...buckets,
    { suffix: sumSuffix, labels, value: sum },
    { suffix: countSuffix, labels, value: below },
  ];
}
