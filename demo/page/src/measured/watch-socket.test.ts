import { CLOSES, CONNECT_ATTEMPTS, FRAMES_RECEIVED } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { Measurements } from "./measurements.ts";
import { FakeWebSocket } from "./testing/fake-web-socket.test-support.ts";
import { watchSocket } from "./watch-socket.ts";
import { WatchedAttempts } from "./watched-attempts.ts";

/** What the panel lists last when this happens to a socket. */
function lastEvent(happen: (socket: FakeWebSocket) => void): unknown {
  const measurements = new Measurements();
  const socket = new FakeWebSocket();
  watchSocket(socket as unknown as WebSocket, new WatchedAttempts(measurements), measurements);
  happen(socket);
  const { title, detail, tone } = measurements.snapshot().events[0] ?? {};
  return { title, detail, tone };
}

describe("watchSocket", () => {
  it("does not say how an attempt counts when its socket opens", () => {
    expect(lastEvent((socket) => socket.open())).toEqual({
      title: expect.stringMatching(/^Attempt open after \d+ ms, not decided yet$/),
      detail: CONNECT_ATTEMPTS.name,
      tone: "neutral",
    });
  });

  it("lists a frame by its event", () => {
    const received = lastEvent((socket) => {
      socket.open();
      socket.receive({ type: "pong", id: 1, server_time: 2 });
    });
    expect(received).toEqual({ title: "Received pong", detail: FRAMES_RECEIVED.name, tone: "neutral" });
  });

  it("says that an attempt never opened, without a verdict on the attempt", () => {
    expect(lastEvent((socket) => socket.finish(1006))).toEqual({
      title: "Closed 1006, never opened",
      detail: CLOSES.name,
      tone: "bad",
    });
  });

  it("lists no close of a socket that the page closed before it opened: nothing counts there but the attempt", () => {
    const given = lastEvent((socket) => {
      socket.close(1000);
      socket.finish(1006);
    });
    expect(given).toEqual({ title: "Attempt begun", detail: CONNECT_ATTEMPTS.name, tone: "neutral" });
  });

  it.each([
    [4401, "Closed 4401, ended by peer", "bad"],
    [1000, "Closed 1000, ended by peer", "neutral"],
    [1006, "Closed 1006, ended by network", "bad"],
  ])("says who ended a connection that closed with %d", (code, title, tone) => {
    const closed = lastEvent((socket) => {
      socket.open();
      socket.finish(code);
    });
    expect(closed).toEqual({ title, detail: CLOSES.name, tone });
  });

  it.each([1000, 1006])(
    "says that the page ended a connection that it closed, when %d comes back",
    (code) => {
      const closed = lastEvent((socket) => {
        socket.open();
        socket.close(1000);
        socket.finish(code);
      });
      expect(closed).toMatchObject({ title: `Closed ${code}, ended by page`, tone: "neutral" });
    },
  );

  it("leaves an end to the peer when the page closes a socket that is closing already", () => {
    const closed = lastEvent((socket) => {
      socket.open();
      socket.readyState = 2;
      socket.close(1000);
      socket.finish(1012);
    });
    expect(closed).toMatchObject({ title: "Closed 1012, ended by peer" });
  });
});
