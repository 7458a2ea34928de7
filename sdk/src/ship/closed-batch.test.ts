import { DEFAULT_CATALOG, type LabelSet, labelCombinations, type Metric } from "@sockscope/catalog";
import { MAX_BATCH_AGE_MS, MAX_BATCH_BYTES, MAX_DELTA } from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import type { Deltas } from "../record/deltas.ts";
import { Recorder } from "../record/recorder.ts";
import { FakeEnvironment } from "../testing/fake-environment.test-support.ts";
import { closeBatch } from "./closed-batch.ts";

describe("closeBatch", () => {
  it("makes bodies within the limit of bytes of all that the catalog can count, with the longest numbers", () => {
    const environment = new FakeEnvironment();
    const recorder = everything();
    let batches = 0;
    for (; recorder.isOverfull || batches === 0; batches += 1) {
      const batch = closeBatch(Number.MAX_SAFE_INTEGER, longest(recorder.takeDeltas()), true, environment);
      environment.clock += MAX_BATCH_AGE_MS;
      const { length } = new TextEncoder().encode(batch.body());
      expect(length).toBeGreaterThan(MAX_BATCH_BYTES / 4);
      expect(length).toBeLessThanOrEqual(MAX_BATCH_BYTES);
    }
    expect(batches).toBeGreaterThan(1);
  });

  it("says its age in whole milliseconds, which is what the wire takes", () => {
    const environment = new FakeEnvironment();
    const batch = closeBatch(1, { counters: [], histograms: [] }, false, environment);
    environment.clock += 12.6;
    expect(batch.ageMs()).toBe(13);
  });

  it("says that the page leaves only where it does", () => {
    const environment = new FakeEnvironment();
    const nothing = { counters: [], histograms: [] };
    expect(closeBatch(1, nothing, true, environment).body()).toBe("sockscope/1 1 0 leaving");
    expect(closeBatch(1, nothing, false, environment).body()).toBe("sockscope/1 1 0");
  });
});

/**
 * One measurement for every label combination of every metric that the SDK may record. The counters with the longest names
 * come first, because those are what one batch takes.
 */
function everything(): Recorder {
  const recorder = new Recorder();
  const lengthOf = ({ metric, labels }: { metric: Metric; labels: LabelSet }): number =>
    JSON.stringify([metric.name, labels]).length;
  const series = DEFAULT_CATALOG.clientMetrics
    .flatMap((about) => labelCombinations(about).map((labels) => ({ metric: about.metric, labels })))
    .sort((a, b) => lengthOf(b) - lengthOf(a));
  for (const { metric, labels } of series) {
    if (metric.type === "counter") recorder.increment(metric, labels);
    if (metric.type === "histogram") recorder.observe(metric, 1, labels);
  }
  return recorder;
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
