import { MAX_DELTA } from "@sockscope/catalog/protocol";
import {
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECTION_DURATION,
  type Counter,
  FRAMES_RECEIVED,
  TELEMETRY_LOST,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { MAX_COUNTERS, Recorder } from "./recorder.ts";

const NOTHING = { counters: [], histograms: [] };

function lost(where: string, delta = 1) {
  return { name: TELEMETRY_LOST.name, labels: { where }, delta };
}

describe("Recorder", () => {
  it("takes nothing when nothing was recorded", () => {
    expect(new Recorder().takeDeltas()).toEqual(NOTHING);
  });

  it("keeps label combinations apart and sets them back when they are taken", () => {
    const recorder = new Recorder();
    recorder.increment(CLOSES, { code: "4401", phase: "opened", ended_by: "peer" });
    recorder.increment(CLOSES, { code: "1006", phase: "never_opened", ended_by: "network" }, 2);
    recorder.increment(CLOSES, { code: "4401", phase: "opened", ended_by: "peer" });
    expect(recorder.takeDeltas().counters).toEqual([
      { name: CLOSES.name, labels: { code: "4401", phase: "opened", ended_by: "peer" }, delta: 2 },
      { name: CLOSES.name, labels: { code: "1006", phase: "never_opened", ended_by: "network" }, delta: 2 },
    ]);
    expect(recorder.takeDeltas()).toEqual(NOTHING);
  });

  it("writes every label combination of a metric under its own labels", () => {
    const recorder = new Recorder();
    const outcomes = ["opened", "failed", "aborted"] as const;
    const triggers = ["initial", "backoff", "unspecified"] as const;
    const labelSets = outcomes.flatMap((outcome) => triggers.map((trigger) => ({ outcome, trigger })));
    for (const [index, labels] of labelSets.entries())
      recorder.increment(CONNECT_ATTEMPTS, labels, index + 1);
    const taken = recorder.takeDeltas().counters;
    const expected = labelSets.map((labels, index) => ({
      name: CONNECT_ATTEMPTS.name,
      labels,
      delta: index + 1,
    }));
    expect(taken).toHaveLength(expected.length);
    expect(taken).toEqual(expect.arrayContaining(expected));
  });

  it("puts a value on a bound into the bucket below the bound", () => {
    const { counts } = observed([CONNECT_DURATION.layout.bounds[1] ?? NaN]);
    expect(counts?.slice(0, 3)).toEqual([0, 1, 0]);
  });

  it("puts a value above every bound into the last bucket, clamped to the layout's max", () => {
    const { counts, sum } = observed([Number.MAX_VALUE]);
    expect(counts?.at(-1)).toBe(1);
    expect(sum).toBe(CONNECT_DURATION.layout.max);
  });

  it("rounds away what binary fractions add to a sum", () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(observed([0.1, 0.2]).sum).toBe(0.3);
  });

  it("keeps the digits of a long sum", () => {
    const recorder = new Recorder();
    recorder.observe(CONNECTION_DURATION, 86_399.123_456);
    expect(recorder.takeDeltas().histograms[0]?.sum).toBe(86_399.123_456);
  });

  it("counts nothing as lost when nothing was", () => {
    const recorder = new Recorder();
    recorder.lose("refused", 0);
    expect(recorder.takeDeltas()).toEqual({ counters: [], histograms: [] });
  });

  it("is overfull with more counters than a batch takes, and not with as many", () => {
    const recorder = new Recorder();
    const values = Array.from({ length: MAX_COUNTERS + 1 }, (_, i) => `v${i}`);
    const counter: Counter<{ v: string }> = { type: "counter", name: "c_total", labels: { v: values } };
    for (const v of values.slice(0, MAX_COUNTERS)) recorder.increment(counter, { v });
    expect(recorder.isOverfull).toBe(false);
    recorder.increment(counter, { v: values[MAX_COUNTERS] as string });
    expect(recorder.isOverfull).toBe(true);
    expect(recorder.takeDeltas().counters).toHaveLength(MAX_COUNTERS);
    expect(recorder.isOverfull).toBe(false);
  });

  it("counts an observation as lost when its bucket is as full as a batch can say", () => {
    const recorder = new Recorder();
    for (let observation = 0; observation < MAX_DELTA + 2; observation++)
      recorder.observe(CONNECT_DURATION, 1);
    const { counters, histograms } = recorder.takeDeltas();
    expect(counters).toEqual([lost("queue", 2)]);
    expect(Math.max(...(histograms[0]?.counts ?? []))).toBe(MAX_DELTA);
    expect(histograms[0]?.sum).toBe(MAX_DELTA);
  });

  it.each([NaN, Infinity, -1])("counts the observation %s as lost", (value) => {
    const recorder = new Recorder();
    recorder.observe(CONNECT_DURATION, value);
    expect(recorder.takeDeltas()).toEqual({ counters: [lost("value")], histograms: [] });
  });

  it.each([NaN, 0.5, -1])("counts the increment %s as lost", (by) => {
    const recorder = new Recorder();
    recorder.increment(FRAMES_RECEIVED, { event: "pong" }, by);
    expect(recorder.takeDeltas()).toEqual({ counters: [lost("value")], histograms: [] });
  });

  it("counts a label value outside of the catalog as other where there is that", () => {
    const recorder = new Recorder();
    recorder.increment(FRAMES_RECEIVED, { event: "constructor" as "other" });
    recorder.increment(FRAMES_RECEIVED, {} as { event: "other" });
    expect(recorder.takeDeltas().counters).toEqual([
      { name: FRAMES_RECEIVED.name, labels: { event: "other" }, delta: 2 },
    ]);
  });

  it("counts a label value outside of the catalog as an internal fault where there is no other", () => {
    const recorder = new Recorder();
    recorder.increment(CONNECT_ATTEMPTS, { outcome: "constructor" as "opened", trigger: "initial" });
    expect(recorder.takeDeltas().counters).toEqual([lost("internal")]);
  });

  it("leaves what exceeds the largest delta for the next batch", () => {
    const recorder = new Recorder();
    recorder.increment(FRAMES_RECEIVED, { event: "pong" }, MAX_DELTA + 3);
    expect(recorder.takeDeltas().counters[0]?.delta).toBe(MAX_DELTA);
    expect(recorder.takeDeltas().counters[0]?.delta).toBe(3);
    expect(recorder.takeDeltas()).toEqual(NOTHING);
  });

  it("begins a histogram anew when it was taken, and leaves what was taken alone", () => {
    const recorder = new Recorder();
    recorder.observe(CONNECT_DURATION, 0.03);
    const [taken] = recorder.takeDeltas().histograms;
    const before = structuredClone(taken);
    recorder.observe(CONNECT_DURATION, 5);
    expect(recorder.takeDeltas().histograms[0]).toMatchObject({ sum: 5, labels: {} });
    expect(taken).toEqual(before);
    expect(recorder.takeDeltas()).toEqual(NOTHING);
  });
});

function observed(values: readonly number[]) {
  const recorder = new Recorder();
  for (const value of values) recorder.observe(CONNECT_DURATION, value);
  const [delta] = recorder.takeDeltas().histograms;
  return { counts: delta?.counts, sum: delta?.sum };
}
