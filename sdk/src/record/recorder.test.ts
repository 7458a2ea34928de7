import { MAX_BATCH_LINES, MAX_DELTA, wireName } from "@sockscope/catalog/protocol";
import {
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECTION_DURATION,
  FRAMES_RECEIVED,
  TELEMETRY_LOST,
  TIME,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { createRecorder, MAX_SERIES, type Recorder } from "./recorder.ts";

/** What was recorded since the last time, taken. */
function taken(recorder: Recorder, room = Infinity): readonly string[] {
  const deltas = recorder.read(room);
  deltas.take();
  return deltas.lines;
}

const lost = (where: string, measurements = 1) => `${wireName(TELEMETRY_LOST.name)}/${where} ${measurements}`;

describe("a recorder", () => {
  it("has nothing to say when nothing was recorded", () => {
    const recorder = createRecorder();
    expect(recorder.hasNews()).toBe(false);
    expect(recorder.read(Infinity)).toMatchObject({ lines: [], measurements: 0, isAll: true });
  });

  it("is not done when a counter has more than one line may say", () => {
    const recorder = createRecorder();
    recorder.count(FRAMES_RECEIVED, { event: "pong" }, MAX_DELTA + 5);
    const deltas = recorder.read(Infinity);
    deltas.take();
    expect(deltas.isAll).toBe(false);
    expect(recorder.read(Infinity)).toMatchObject({ measurements: 5, isAll: true });
  });

  it("has no loss where what has no room is no measurement", () => {
    const sunk: string[] = [];
    const recorder = createRecorder([{ counted: (series) => sunk.push(series) }]);
    for (let code = 0; code < MAX_SERIES; code++)
      recorder.slot(CLOSES, { code: `${code}` as never } as never);
    recorder.add(recorder.slot(TIME, { state: "connected" }, false), 60);
    expect(recorder.read(Infinity).lines).toEqual([]);
    expect(sunk).toEqual([]);
  });

  it("keeps label combinations apart and sets them back when they are taken", () => {
    const recorder = createRecorder();
    recorder.count(CLOSES, { code: "4401", phase: "opened", ended_by: "peer" });
    recorder.count(CLOSES, { code: "1006", phase: "never_opened", ended_by: "network" }, 2);
    recorder.count(CLOSES, { ended_by: "peer", phase: "opened", code: "4401" });
    expect(recorder.hasNews()).toBe(true);
    expect(taken(recorder)).toEqual([
      `${wireName(CLOSES.name)}/4401/opened/peer 2`,
      `${wireName(CLOSES.name)}/1006/never_opened/network 2`,
    ]);
    expect(taken(recorder)).toEqual([]);
    expect(recorder.hasNews()).toBe(false);
  });

  it("writes every label combination of a metric under its own labels", () => {
    const recorder = createRecorder();
    const outcomes = ["opened", "failed", "aborted"] as const;
    const triggers = ["initial", "backoff", "unspecified"] as const;
    const labelSets = outcomes.flatMap((outcome) => triggers.map((trigger) => ({ outcome, trigger })));
    for (const [index, labels] of labelSets.entries()) recorder.count(CONNECT_ATTEMPTS, labels, index + 1);
    expect(taken(recorder)).toEqual(
      labelSets.map(
        ({ outcome, trigger }, index) =>
          `${wireName(CONNECT_ATTEMPTS.name)}/${outcome}/${trigger} ${index + 1}`,
      ),
    );
  });

  it("adds to a slot what it would add by name", () => {
    const recorder = createRecorder();
    const slot = recorder.slot(FRAMES_RECEIVED, { event: "pong" });
    recorder.add(slot);
    recorder.add(slot, 2);
    recorder.count(FRAMES_RECEIVED, { event: "pong" });
    expect(taken(recorder)).toEqual([`${wireName(FRAMES_RECEIVED.name)}/pong 4`]);
  });

  it("puts a value on a bound into the bucket below the bound", () => {
    expect(observed([CONNECT_DURATION.layout.bounds[1] ?? NaN]).buckets).toBe("1:1");
  });

  it("puts a value above every bound into the last bucket, clamped to the layout's max", () => {
    const { bounds, max } = CONNECT_DURATION.layout;
    expect(observed([Number.MAX_VALUE])).toEqual({ buckets: `${bounds.length}:1`, sum: max });
  });

  it("rounds away what binary fractions add to a sum", () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(observed([0.1, 0.2]).sum).toBe(0.3);
  });

  it("keeps the digits of a long sum", () => {
    const recorder = createRecorder();
    recorder.observe(CONNECTION_DURATION, 86_399.123_456);
    expect(taken(recorder)[0]).toMatch(/ 86399\.123456$/);
  });

  it("counts nothing as lost when nothing was", () => {
    const recorder = createRecorder();
    recorder.lose("refused", 0);
    expect(taken(recorder)).toEqual([]);
  });

  it("says as much as there is room for, and the rest the next time", () => {
    const recorder = createRecorder();
    recorder.count(FRAMES_RECEIVED, { event: "pong" });
    recorder.count(FRAMES_RECEIVED, { event: "typing" });
    const lines = recorder.read(Infinity).lines;
    const room = (lines[0]?.length ?? NaN) + 1;
    expect(recorder.read(room - 1)).toMatchObject({ lines: [], isAll: false });
    const first = recorder.read(room);
    expect(first).toMatchObject({ lines: [lines[0]], measurements: 1, isAll: false });
    first.take();
    expect(recorder.read(room + 2)).toMatchObject({ lines: [lines[1]], measurements: 1, isAll: true });
  });

  it("counts an observation as lost when its bucket is as full as a batch can say", () => {
    const recorder = createRecorder();
    for (let observation = 0; observation < MAX_DELTA + 2; observation++)
      recorder.observe(CONNECT_DURATION, 1);
    const { name, layout } = CONNECT_DURATION;
    expect(taken(recorder)).toEqual([
      `${wireName(name)} ${layout.id} 6:${MAX_DELTA} ${MAX_DELTA}`,
      lost("queue", 2),
    ]);
  });

  it.each([NaN, Infinity, -1])("counts the observation %s as lost", (value) => {
    const recorder = createRecorder();
    recorder.observe(CONNECT_DURATION, value);
    expect(taken(recorder)).toEqual([lost("value")]);
  });

  it("leaves what exceeds the largest delta for the next batch", () => {
    const recorder = createRecorder();
    recorder.count(FRAMES_RECEIVED, { event: "pong" }, MAX_DELTA + 3);
    const line = (delta: number) => [`${wireName(FRAMES_RECEIVED.name)}/pong ${delta}`];
    expect([taken(recorder), taken(recorder), taken(recorder)]).toEqual([line(MAX_DELTA), line(3), []]);
  });

  it("takes what was read, and leaves what was recorded since", () => {
    const recorder = createRecorder();
    recorder.observe(CONNECT_DURATION, 0.03);
    recorder.count(FRAMES_RECEIVED, { event: "pong" }, 2);
    const deltas = recorder.read(Infinity);
    recorder.observe(CONNECT_DURATION, 5);
    recorder.count(FRAMES_RECEIVED, { event: "pong" }, 3);
    deltas.take();
    expect(deltas.measurements).toBe(3);
    expect(taken(recorder)).toEqual([
      `${wireName(CONNECT_DURATION.name)} ${CONNECT_DURATION.layout.id} 8:1 5`,
      `${wireName(FRAMES_RECEIVED.name)}/pong 3`,
    ]);
  });

  it("says time when there is other news, which it is not itself", () => {
    const recorder = createRecorder();
    recorder.add(recorder.slot(TIME, { state: "connected" }, false), 60);
    expect(recorder.hasNews()).toBe(false);
    expect(recorder.read(Infinity)).toMatchObject({
      lines: [`${wireName(TIME.name)}/connected 60`],
      measurements: 0,
    });
  });

  it("makes no more series than a page may have, and counts what is beyond as lost", () => {
    const recorder = createRecorder();
    for (let code = 0; code < MAX_SERIES + 5; code++)
      recorder.count(CLOSES, { code: `${code}` as "1000", phase: "opened", ended_by: "peer" });
    const batches = [taken(recorder), taken(recorder)];
    expect(batches.map(({ length }) => length)).toEqual([MAX_BATCH_LINES, MAX_SERIES + 1 - MAX_BATCH_LINES]);
    expect(batches[1]?.at(-1)).toBe(lost("queue", 5));
  });

  it("tells its sinks of everything, at once", () => {
    const told: unknown[] = [];
    const recorder = createRecorder([
      { counted: (...args) => told.push(args), observed: (...args) => told.push(args) },
      {},
    ]);
    recorder.add(recorder.slot(FRAMES_RECEIVED, { event: "pong" }), 2);
    recorder.observe(CONNECT_DURATION, 0.03);
    expect(told).toEqual([
      [`${wireName(FRAMES_RECEIVED.name)}/pong`, 2],
      [wireName(CONNECT_DURATION.name), 0.03],
    ]);
  });

  it("forgets everything when it is cleared", () => {
    const recorder = createRecorder();
    recorder.observe(CONNECT_DURATION, 0.03);
    recorder.clear();
    expect(taken(recorder)).toEqual([]);
  });
});

function observed(values: readonly number[]) {
  const recorder = createRecorder();
  for (const value of values) recorder.observe(CONNECT_DURATION, value);
  const [, , buckets, sum] = taken(recorder)[0]?.split(" ") ?? [];
  return { buckets, sum: Number(sum) };
}
