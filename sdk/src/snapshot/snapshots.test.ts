import { describe, expect, it } from "vitest";
import { fakeWebSocket } from "../testing/fake-web-socket.test-support.ts";
import { started } from "../testing/started.test-support.ts";
import { createSnapshots, MAX_ATTEMPTS, MAX_CLOSES, MAX_DURATIONS } from "./snapshots.ts";

function setUp() {
  const snapshots = createSnapshots();
  const { host, sockscope } = started({ sinks: [snapshots] });
  /** A connection that lives so long; resolves to its socket's last moment. */
  const connection = (seconds: number, code: number) => {
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    socket.receive('{"type":"pong","id":1}');
    host.clock += seconds * 1000;
    socket.end(code);
  };
  return { host, sockscope, connection, snapshot: snapshots.snapshot };
}

describe("a snapshot", () => {
  it("is empty before anything happened", () => {
    expect(setUp().snapshot()).toEqual({
      closes: [],
      attempts: [],
      durationsSeconds: [],
      p95DurationSeconds: undefined,
      lost: {},
    });
  });

  it("says how connections ended, and how long the client waited before each attempt", () => {
    const { host, connection, snapshot } = setUp();
    connection(60, 1012);
    host.clock += 1_500;
    connection(5, 4401);
    host.clock += 30_000;
    connection(2, 1000);
    const { closes, attempts, durationsSeconds } = snapshot();
    expect(closes).toMatchObject([
      { code: "1012", phase: "opened", endedBy: "peer" },
      { code: "4401", phase: "opened", endedBy: "peer" },
      { code: "1000", phase: "opened", endedBy: "peer" },
    ]);
    expect(attempts).toMatchObject([
      { outcome: "opened", trigger: "initial", delaySeconds: undefined },
      { outcome: "opened", trigger: "backoff", delaySeconds: 1.5 },
      { outcome: "opened", trigger: "backoff", delaySeconds: undefined },
    ]);
    expect(durationsSeconds).toEqual([60, 5, 2]);
    expect(Math.abs(Date.now() - (closes[0]?.at ?? 0))).toBeLessThan(60_000);
  });

  it("remembers the latest only", () => {
    const { connection, snapshot } = setUp();
    for (let seconds = 1; seconds <= MAX_CLOSES + 1; seconds++) connection(seconds, 1012);
    const { closes, attempts, durationsSeconds, p95DurationSeconds } = snapshot();
    expect([closes.length, attempts.length, durationsSeconds.length]).toEqual([
      MAX_CLOSES,
      MAX_ATTEMPTS,
      MAX_DURATIONS,
    ]);
    expect(durationsSeconds.at(-1)).toBe(MAX_CLOSES + 1);
    // 48 of the 50 from 52 to 101 are not above it, and 95 % are 47.5.
    expect(p95DurationSeconds).toBe(99);
  });

  it("counts what was lost, by where", () => {
    const { sockscope, snapshot } = setUp();
    sockscope.count({ type: "counter", name: "own_total", labels: {} }, {}, Number.NaN);
    sockscope.observe({} as WebSocket);
    sockscope.observe({} as WebSocket);
    expect(snapshot().lost).toEqual({ value: 1, internal: 2 });
  });

  it("does not change afterwards", () => {
    const { connection, snapshot } = setUp();
    const before = snapshot();
    connection(1, 1012);
    expect(before.closes).toEqual([]);
  });
});
