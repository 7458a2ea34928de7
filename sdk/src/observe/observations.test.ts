import {
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  CONNECTION_DURATION,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  TELEMETRY_LOST,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { Recorder } from "../record/recorder.ts";
import { type FakeWebSocket, fakeWebSocket } from "../testing/fake-web-socket.ts";
import { createObservations } from "./observations.ts";
import type { ObserveOptions } from "./socket-observation.ts";

function setUp() {
  const page = { now: 5_000 };
  const recorder = new Recorder();
  const observations = createObservations(recorder, () => page.now);
  const observe = (socket: WebSocket, options: ObserveOptions = {}) => observations.observe(socket, options);
  return { page, observations, observe, recorded: () => recorded(recorder) };
}

/** All deltas, a line each: counters with their labels and delta, histograms with their count and sum. */
function recorded(recorder: Recorder): string[] {
  const { counters, histograms } = recorder.takeDeltas();
  return [
    ...counters.map(({ name, labels, delta }) => line(name, Object.values(labels), delta)),
    ...histograms.map(({ name, counts, sum }) =>
      line(
        name,
        [],
        counts.reduce((a, b) => a + b, 0),
        sum,
      ),
    ),
  ].sort();
}

function line(name: string, labels: readonly string[], ...values: readonly number[]): string {
  return [name, ...labels, ...values].join(" ");
}

const opened = (trigger = "unspecified") => line(CONNECT_ATTEMPTS.name, ["opened", trigger], 1);
const failed = line(CONNECT_ATTEMPTS.name, ["failed", "unspecified"], 1);
const aborted = line(CONNECT_ATTEMPTS.name, ["aborted", "unspecified"], 1);
const closed = (code: string, phase: string) => line(CLOSES.name, [code, phase], 1);
const internalFault = line(TELEMETRY_LOST.name, ["internal"], 1);

describe("observing a socket", () => {
  it("records attempt, durations and close of a connection that it sees from its beginning", () => {
    const { page, observe, recorded } = setUp();
    const socket = fakeWebSocket();
    observe(socket, { trigger: "backoff" });
    page.now += 250;
    socket.open();
    page.now += 60_000;
    socket.end(1012);
    expect(recorded()).toEqual(
      [
        opened("backoff"),
        line(CONNECT_DURATION.name, [], 1, 0.25),
        closed("1012", "opened"),
        line(CONNECTION_DURATION.name, [], 1, 60),
      ].sort(),
    );
  });

  it("records a failed attempt when the close comes before open", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    observe(socket);
    socket.end(1006);
    expect(recorded()).toEqual([closed("1006", "never_opened"), failed].sort());
  });

  it("records an aborted attempt, and no close, when the page closed the socket while it was connecting", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    observe(socket);
    socket.close();
    socket.end(1006);
    expect(recorded()).toEqual([aborted]);
  });

  it("records a failed attempt when the page calls close in its error listener", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    socket.addEventListener("error", () => socket.close());
    observe(socket);
    socket.end(1006);
    expect(recorded()).toContain(failed);
  });

  it("records a failed attempt when the browser refused the page's close", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    observe(socket);
    expect(() => socket.close(1006)).toThrow(DOMException);
    socket.end(1006);
    expect(recorded()).toContain(failed);
  });

  it("counts frames by event in both directions", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    observe(socket);
    socket.open();
    recorded();
    socket.receive('{"type":"chat_status","event":"typing","value":true}');
    socket.receive(new ArrayBuffer(4));
    socket.send('{"type":"client_hello","thread_id":"t"}');
    expect(recorded()).toEqual(
      [
        line(FRAMES_RECEIVED.name, ["typing"], 1),
        line(FRAMES_RECEIVED.name, ["other"], 1),
        line(FRAMES_SENT.name, ["client_hello"], 1),
      ].sort(),
    );
    expect(socket.sent).toEqual(['{"type":"client_hello","thread_id":"t"}']);
  });

  it("names frames as the application says", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    observe(socket, { receivedEvent: () => "pong", sentEvent: () => "ping" });
    socket.open();
    recorded();
    socket.receive("x");
    socket.send("y");
    expect(recorded()).toEqual([
      line(FRAMES_RECEIVED.name, ["pong"], 1),
      line(FRAMES_SENT.name, ["ping"], 1),
    ]);
  });

  it("does not count a send that throws or that the browser discards", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    observe(socket);
    expect(() => socket.send("early")).toThrow(DOMException);
    socket.open();
    recorded();
    socket.close();
    socket.send("late");
    expect(recorded()).toEqual([]);
  });

  it("counts only frames and the close of a socket that was open before", () => {
    const { page, observe, recorded } = setUp();
    const socket = fakeWebSocket();
    socket.open();
    observe(socket);
    socket.receive('{"type":"pong"}');
    page.now += 1_000;
    socket.end(1000);
    expect(recorded()).toEqual([closed("1000", "opened"), line(FRAMES_RECEIVED.name, ["pong"], 1)].sort());
  });

  it("records nothing of a socket that is closing already", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    socket.close();
    observe(socket);
    socket.end(1006);
    expect(socket.listeners).toBe(0);
    expect(recorded()).toEqual([]);
  });

  it("returns the same observation for the same socket and counts once", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    const first = observe(socket);
    expect(observe(socket)).toBe(first);
    socket.end(1006);
    expect(observe(socket)).toBe(first);
    expect(recorded()).toEqual([closed("1006", "never_opened"), failed].sort());
  });

  it("ends as going away when the page does, and ignores the close event that comes later", () => {
    const { page, observations, observe, recorded } = setUp();
    const socket = fakeWebSocket();
    observe(socket);
    socket.open();
    recorded();
    page.now += 5_000;
    observations.leave();
    observe(socket);
    socket.end(1006);
    expect(recorded()).toEqual([closed("1001", "opened"), line(CONNECTION_DURATION.name, [], 1, 5)].sort());
  });

  it("counts an undecided attempt as aborted when the page goes away", () => {
    const { observations, observe, recorded } = setUp();
    observe(fakeWebSocket());
    observations.leave();
    expect(recorded()).toEqual([aborted]);
  });

  it.each(["stop", "close"])("leaves the socket as it was after %s", (how) => {
    const { observe } = setUp();
    const socket = fakeWebSocket();
    const before = Object.getOwnPropertyNames(socket);
    const observation = observe(socket);
    expect(Object.getOwnPropertyNames(socket)).toEqual([...before, "send", "close"]);
    if (how === "stop") observation.stop();
    else socket.end(1006);
    expect(Object.getOwnPropertyNames(socket)).toEqual(before);
    expect(socket.listeners).toBe(0);
  });

  it("leaves every socket as it was, and observes no other, when all is stopped", () => {
    const { observations, observe, recorded } = setUp();
    const sockets = [fakeWebSocket(), fakeWebSocket()];
    for (const socket of sockets) observe(socket);
    observations.stop();
    const late = fakeWebSocket();
    observe(late);
    for (const socket of [...sockets, late]) {
      expect(socket.listeners).toBe(0);
      expect(Object.hasOwn(socket, "send")).toBe(false);
      socket.end(1006);
    }
    expect(recorded()).toEqual([]);
  });

  it("gives back the method that another library had put on the socket", () => {
    const { observe } = setUp();
    const socket = fakeWebSocket();
    const theirs = () => {};
    socket.send = theirs;
    observe(socket).stop();
    expect(socket.send).toBe(theirs);
  });

  it("stays underneath, and silent, when another library wrapped it afterwards", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    const observation = observe(socket);
    const ours = socket.send;
    const theirs = (frame: string) => ours.call(socket, frame);
    socket.send = theirs as typeof socket.send;
    socket.open();
    recorded();
    observation.stop();
    expect(socket.send).toBe(theirs);
    socket.send("still arrives");
    expect(socket.sent).toEqual(["still arrives"]);
    expect(recorded()).toEqual([]);
  });

  it("counts a fault instead of throwing when the application cannot name a frame", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    const fail = () => {
      throw new Error("no name");
    };
    observe(socket, { sentEvent: fail });
    socket.open();
    recorded();
    expect(() => socket.send("frame")).not.toThrow();
    expect(socket.sent).toEqual(["frame"]);
    expect(recorded()).toEqual([internalFault]);
  });

  it("counts a fault and takes everything back when a listener cannot be added", () => {
    const { observe, recorded } = setUp();
    const socket = fakeWebSocket();
    const add = socket.addEventListener.bind(socket) as FakeWebSocket["addEventListener"];
    socket.addEventListener = ((type: string, listener: EventListener) => {
      if (type === "open") throw new Error("no more listeners");
      add(type, listener);
    }) as typeof socket.addEventListener;
    observe(socket).stop();
    expect(socket.listeners).toBe(0);
    expect(Object.hasOwn(socket, "send")).toBe(false);
    socket.end(1006);
    expect(recorded()).toEqual([internalFault]);
  });

  it("counts a fault instead of throwing when there is no socket", () => {
    const { observe, recorded } = setUp();
    expect(() => observe(undefined as unknown as WebSocket).stop()).not.toThrow();
    expect(recorded()).toEqual([internalFault]);
  });
});
