import { wireName } from "@sockscope/catalog/protocol";
import { type Counter, FRAMES_RECEIVED, frameEvent, SERVER_FRAME_EVENTS } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { createFrameCounter } from "./frame-counter.ts";
import { createFrameReader } from "./frame-reader.ts";
import { createRecorder } from "./recorder.ts";

function setUp(own: readonly string[] = []) {
  const recorder = createRecorder();
  const told: unknown[] = [];
  const counter = FRAMES_RECEIVED as Counter<{ event: string }>;
  const count = createFrameCounter(recorder, counter, SERVER_FRAME_EVENTS, own, (_code, message) =>
    told.push(message),
  );
  const lines = () =>
    recorder.read(Infinity).lines.map((line) => line.slice(wireName(counter.name).length + 1));
  return { count, told, lines };
}

describe("a frame counter", () => {
  it("counts frames as they call themselves, the page's own names too", () => {
    const { count, lines, told } = setUp(["order_filled"]);
    for (const type of ["pong", "order_filled", "pong"]) count(`{"type":"${type}"}`);
    expect(lines()).toEqual(["pong 2", "order_filled 1"]);
    expect(told).toEqual([]);
  });

  it("counts a name that nobody declared as other, and tells", () => {
    const { count, lines, told } = setUp();
    expect(count('{"type":"__proto__"}')).toBe("other");
    count("x", () => "full moon");
    count(new ArrayBuffer(4));
    expect(lines()).toEqual(["other 3"]);
    expect(told).toEqual([
      expect.stringMatching(/^the frame "__proto__" is not declared/),
      expect.stringMatching(/^the frame "full moon" is not declared/),
    ]);
  });

  it("tells that a frame does not say what it is", () => {
    const { count, lines, told } = setUp();
    for (let id = 0; id < 3; id++) count(`{"id":${id},"type":"typing"}`);
    count("{}", () => "other");
    expect(lines()).toEqual(["other 4"]);
    expect(new Set(told)).toEqual(new Set([expect.stringContaining("does not open with its type")]));
  });
});

describe("a frame reader", () => {
  it.each([
    ['{"type":"a","id":1}', '{"type":"a","event":"b"}'],
    ['{"type":"a"}', '{"type":"a","event":"b"}'],
    ['{"type":"a","event":5}', '{"type":"a","event":"b"}'],
    ['{"type":"a","ev":5}', '{"type":"a","event":"b"}'],
    ['{"type":"a","event":"b"}', '{"type":"a","event":"bc"}'],
    ['{"type":"ab"}', '{"type":"a"}'],
    ["{}", '{"type":"a"}'],
    ["", '{"type":"a"}'],
    ['{"type":"a","é":1}', '{"type":"a","ê":1}'],
    ['{"type":"a","..*":1}', '{"type":"a","b.*":1}'],
    ['{"type":"a","(b|[c{1,2}]?)+$":1}', '{"type":"a","\\\\d":1}'],
    ['{"type":"a","id":1}', '{"kind":"a","id":{"type":"a","id":1}}'],
    ['{\n"type":\t"a"}', '{\n"type": "a"}'],
  ])("names frames as if it had met none before: %s and %s", (one, other) => {
    for (const frames of [
      [one, other, one, other],
      [other, one, other, one],
    ]) {
      const read = createFrameReader(
        (name) => name,
        () => {},
      );
      expect(frames.map(read)).toEqual(frames.map(frameEvent));
    }
  });

  it("names every frame right when there are more ways to open one than it remembers", () => {
    const read = createFrameReader(
      (name) => name,
      () => {},
    );
    const frames = Array.from({ length: 100 }, (_, number) => `{"type":"t${number % 40}","id":1}`);
    expect(frames.map(read)).toEqual(frames.map(frameEvent));
  });

  it("remembers no more than a few ways to open a frame", () => {
    let asked = 0;
    const read = createFrameReader(
      () => asked++,
      () => {},
    );
    const readAll = () => {
      const before = asked;
      for (let kind = 0; kind < 40; kind++) read(`{"type":"t${kind}","id":1}`);
      return asked - before;
    };
    expect(readAll()).toBe(40);
    expect(readAll()).toBe(40 - 16);
  });

  it("asks for a meaning once for frames that open alike", () => {
    const asked: string[] = [];
    const read = createFrameReader(
      (name) => asked.push(name),
      () => {},
    );
    for (let id = 0; id < 5; id++) read(`{"type":"pong","id":${id}}`);
    expect(asked).toEqual(["other", "pong"]);
  });
});
