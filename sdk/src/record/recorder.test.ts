import { MAX_BATCH_BYTES, MAX_DELTA } from "@sockscope/catalog/protocol";
import {
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  FRAMES_RECEIVED,
  TELEMETRY_LOST,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { measurementsIn } from "./deltas.ts";
import { Recorder } from "./recorder.ts";

const NOTHING = { counters: [], histograms: [] };

function lost(where: string, delta = 1) {
  return { name: TELEMETRY_LOST.name, labels: { where }, delta };
}

describe("Recorder", () => {
  it("takes nothing when nothing was recorded", () => {
    expect(new Recorder().takeDeltas(MAX_BATCH_BYTES)).toEqual(NOTHING);
  });

  it("keeps label combinations apart and sets them back when they are taken", () => {
    const recorder = new Recorder();
    recorder.increment(CLOSES, { code: "4401", phase: "opened" });
    recorder.increment(CLOSES, { code: "4401", phase: "never_opened" }, 2);
    recorder.increment(CLOSES, { code: "4401", phase: "opened" });
    expect(recorder.takeDeltas(MAX_BATCH_BYTES).counters).toEqual([
      { name: CLOSES.name, labels: { code: "4401", phase: "never_opened" }, delta: 2 },
      { name: CLOSES.name, labels: { code: "4401", phase: "opened" }, delta: 2 },
    ]);
    expect(recorder.takeDeltas(MAX_BATCH_BYTES)).toEqual(NOTHING);
  });

  it("writes every label combination of a metric under its own labels", () => {
    const recorder = new Recorder();
    const outcomes = ["opened", "failed", "aborted"] as const;
    const triggers = ["initial", "backoff", "unspecified"] as const;
    const labelSets = outcomes.flatMap((outcome) => triggers.map((trigger) => ({ outcome, trigger })));
    for (const [index, labels] of labelSets.entries())
      recorder.increment(CONNECT_ATTEMPTS, labels, index + 1);
    const taken = recorder.takeDeltas(MAX_BATCH_BYTES).counters;
    const expected = labelSets.map((labels, index) => ({
      name: CONNECT_ATTEMPTS.name,
      labels,
      delta: index + 1,
    }));
    expect(taken).toHaveLength(expected.length);
    expect(taken).toEqual(expect.arrayContaining(expected));
  });

  it("puts a value on a bound into the bucket below the bound", () => {
    const { counts } = observed([CONNECT_DURATION.buckets.bounds[1] ?? NaN]);
    expect(counts?.slice(0, 3)).toEqual([0, 1, 0]);
  });

  it("puts a value above every bound into the last bucket, clamped to the layout's max", () => {
    const { counts, sum } = observed([Number.MAX_VALUE]);
    expect(counts?.at(-1)).toBe(1);
    expect(sum).toBe(CONNECT_DURATION.buckets.max);
  });

  it("rounds away what binary fractions add to a sum", () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(observed([0.1, 0.2]).sum).toBe(0.3);
  });

  it("keeps the sum within its buckets when rounding would take it out", () => {
    const bound = 0.1;
    expect(CONNECT_DURATION.buckets.bounds).toContain(bound);
    const justAbove = bound + 1e-15;
    expect(3 * bound).toBeGreaterThan(0.3);
    expect(observed([justAbove, justAbove, justAbove]).sum).toBe(3 * bound);
  });

  it.each([NaN, Infinity, -1])("counts the observation %s as lost", (value) => {
    const recorder = new Recorder();
    recorder.observe(CONNECT_DURATION, value);
    expect(recorder.takeDeltas(MAX_BATCH_BYTES)).toEqual({ counters: [lost("value")], histograms: [] });
  });

  it.each([NaN, 0.5, -1])("counts the increment %s as lost", (by) => {
    const recorder = new Recorder();
    recorder.increment(FRAMES_RECEIVED, { event: "pong" }, by);
    expect(recorder.takeDeltas(MAX_BATCH_BYTES)).toEqual({ counters: [lost("value")], histograms: [] });
  });

  it("counts a label value outside of the catalog as an internal fault", () => {
    const recorder = new Recorder();
    recorder.increment(FRAMES_RECEIVED, { event: "constructor" as "other" });
    recorder.increment(FRAMES_RECEIVED, {} as { event: "other" });
    expect(recorder.takeDeltas(MAX_BATCH_BYTES).counters).toEqual([lost("internal", 2)]);
  });

  it("leaves what exceeds the largest delta for the next batch", () => {
    const recorder = new Recorder();
    recorder.increment(FRAMES_RECEIVED, { event: "pong" }, MAX_DELTA + 3);
    expect(recorder.takeDeltas(MAX_BATCH_BYTES).counters[0]?.delta).toBe(MAX_DELTA);
    expect(recorder.takeDeltas(MAX_BATCH_BYTES).counters[0]?.delta).toBe(3);
    expect(recorder.takeDeltas(MAX_BATCH_BYTES)).toEqual(NOTHING);
  });

  it("leaves what does not fit for the next batch, and takes nothing twice", () => {
    const recorder = new Recorder();
    const codes = ["1000", "1001", "1006", "4401", "4403"] as const;
    for (const code of codes) recorder.increment(CLOSES, { code, phase: "opened" });
    recorder.observe(CONNECT_DURATION, 0.031);
    const maxBytes = 300;
    const batches = Array.from({ length: 8 }, () => recorder.takeDeltas(maxBytes));
    for (const { counters, histograms } of batches)
      expect(JSON.stringify(counters).length + JSON.stringify(histograms).length).toBeLessThanOrEqual(
        maxBytes + 4,
      );
    expect(batches.filter((deltas) => measurementsIn(deltas) > 0).length).toBeGreaterThan(1);
    expect(batches.flatMap(({ counters }) => counters.map(({ labels }) => labels["code"]))).toEqual(codes);
    expect(batches.flatMap(({ histograms }) => histograms)).toHaveLength(1);
  });
});

function observed(values: readonly number[]) {
  const recorder = new Recorder();
  for (const value of values) recorder.observe(CONNECT_DURATION, value);
  const [delta] = recorder.takeDeltas(MAX_BATCH_BYTES).histograms;
  return { counts: delta?.counts, sum: delta?.sum };
}
