import { CLIENT_METRICS, type EnumeratedLabel, type LabelSet } from "@sockscope/catalog";
import { MAX_BATCH_AGE_MS, MAX_BATCH_BYTES, MAX_DELTA } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import type { Deltas } from "../record/deltas.ts";
import { Recorder } from "../record/recorder.ts";
import { FakeEnvironment } from "../testing/fake-environment.ts";
import { closeBatch } from "./closed-batch.ts";

describe("closeBatch", () => {
  // Nothing splits a batch. A catalog that grows out of one fails here.
  it("makes a body within the limit of bytes of all that the catalog can count, with the longest numbers", () => {
    const environment = new FakeEnvironment();
    const batch = closeBatch(Number.MAX_SAFE_INTEGER, longest(everything()), environment);
    environment.clock += MAX_BATCH_AGE_MS;
    const { length } = new TextEncoder().encode(batch.body());
    expect(length).toBeGreaterThan(MAX_BATCH_BYTES / 4);
    expect(length).toBeLessThanOrEqual(MAX_BATCH_BYTES);
  });
});

/** One measurement for every label combination of every metric that the SDK may record. */
function everything(): Deltas {
  const recorder = new Recorder();
  for (const { metric } of CLIENT_METRICS) {
    for (const labels of combinations(metric.labels as Record<string, EnumeratedLabel>)) {
      if (metric.type === "counter") recorder.increment(metric, labels);
      if (metric.type === "histogram") recorder.observe(metric, 1, labels);
    }
  }
  return recorder.takeDeltas();
}

function combinations(domains: Readonly<Record<string, EnumeratedLabel>>): LabelSet[] {
  let sets: LabelSet[] = [{}];
  for (const [name, { values }] of Object.entries(domains))
    sets = sets.flatMap((labels) => values.map((value) => ({ ...labels, [name]: value })));
  return sets;
}

/** The same series with numbers that no other number is longer than. */
function longest({ counters, histograms }: Deltas): Deltas {
  return {
    counters: counters.map((counter) => ({ ...counter, delta: MAX_DELTA })),
    histograms: histograms.map((histogram) => ({
      ...histogram,
      counts: histogram.counts.map(() => MAX_DELTA),
      sum: 0.00000123456789012,
    })),
  };
}
