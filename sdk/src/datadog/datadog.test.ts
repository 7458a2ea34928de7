import { describe, expect, it, vi } from "vitest";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { fakeWebSocket } from "../testing/fake-web-socket.test-support.ts";
import { started } from "../testing/started.test-support.ts";
import { type DatadogOptions, datadog, MAX_EVENTS_PER_MINUTE } from "./datadog.ts";

function setUp(options?: DatadogOptions) {
  const rum = { addAction: vi.fn(), addDurationVital: vi.fn() };
  const host = new FakeHost();
  const sink = datadog(rum, { wallClock: () => host.wall, ...options });
  const { sockscope } = started({ host, sinks: [sink] });
  /** A connection that a frame decided, and that lives so long. */
  const connection = (seconds: number, code: number): void => {
    const socket = fakeWebSocket();
    sockscope.observe(socket);
    socket.open();
    socket.receive('{"type":"pong","id":1}');
    host.clock += seconds * 1000;
    host.wall += seconds * 1000;
    socket.end(code);
  };
  const sent = (): number => rum.addAction.mock.calls.length + rum.addDurationVital.mock.calls.length;
  return { rum, sink, host, connection, sent };
}

describe("a sink of Datadog RUM", () => {
  it("tells of each close and each decided attempt, with the wait before it", () => {
    const { rum, host, connection } = setUp();
    connection(60, 1012);
    host.clock += 1_500;
    connection(5, 4401);
    const opened = { phase: "opened", endedBy: "peer" };
    expect(rum.addAction.mock.calls).toEqual([
      ["websocket_attempt", { websocket: { outcome: "opened", trigger: "initial" } }],
      ["websocket_close", { websocket: { code: "1012", ...opened } }],
      ["websocket_attempt", { websocket: { outcome: "opened", trigger: "backoff", delaySeconds: 1.5 } }],
      ["websocket_close", { websocket: { code: "4401", ...opened } }],
    ]);
  });

  it("tells how long each connection was open, how it ended, and the p95 of the latest", () => {
    const { rum, host, connection } = setUp();
    for (let seconds = 1; seconds <= 4; seconds++) connection(seconds, 1012);
    const startTime = host.wall - 4_000;
    const websocket = { code: "1012", phase: "opened", endedBy: "peer", p95DurationSeconds: 4 };
    expect(rum.addDurationVital).toHaveBeenCalledTimes(4);
    expect(rum.addDurationVital).toHaveBeenLastCalledWith("websocket_connection", {
      startTime,
      duration: 4_000,
      context: { websocket },
    });
  });

  it("tells nothing of the frames of a connection", () => {
    const { sink, sent } = setUp();
    sink.counted?.(".frames_received/pong", 1);
    sink.observed?.(".rtt_seconds", 0.1);
    expect(sent()).toBe(0);
  });

  it("leaves out what a client that loops would flood RUM with, and says how much", () => {
    const { rum, host, connection, sent } = setUp();
    for (let turn = 0; turn < 100; turn++) connection(0, 1012);
    expect(sent()).toBe(MAX_EVENTS_PER_MINUTE);
    host.wall += 60_000;
    rum.addAction.mockClear();
    connection(0, 1012);
    const leftOut = 3 * 100 - MAX_EVENTS_PER_MINUTE;
    expect(rum.addAction.mock.calls[0]?.[1]).toMatchObject({ websocket: { leftOut } });
    expect(rum.addAction.mock.calls[1]?.[1].websocket).not.toHaveProperty("leftOut");
  });

  it("sends no more at once than it is told", () => {
    const { connection, sent } = setUp({ maxEventsPerMinute: 4 });
    for (let turn = 0; turn < 10; turn++) connection(0, 1012);
    expect(sent()).toBe(4);
  });

  it("says once that RUM throws, and asks it again", () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const { rum, connection } = setUp();
    const fails = (): never => {
      throw new Error("not today");
    };
    rum.addAction.mockImplementation(fails);
    rum.addDurationVital.mockImplementation(fails);
    connection(1, 4401);
    expect([rum.addAction.mock.calls.length, rum.addDurationVital.mock.calls.length]).toEqual([2, 1]);
    expect(warn.mock.calls.flat()).toEqual([
      expect.stringMatching(/SOCKSCOPE_ERR_SINK: a sink threw, .*: not today \(/),
    ]);
    warn.mockRestore();
  });
});

describe("what cannot work in Datadog RUM", () => {
  const rum = { addAction: () => {}, addDurationVital: () => {} };
  const refused = (what: string) =>
    expect.objectContaining({
      name: "TypeError",
      code: "SOCKSCOPE_ERR_OPTIONS",
      message: expect.stringContaining(`datadog: ${what} is `),
    });

  it("is told nothing where a blocker removed RUM", () => {
    expect(datadog(undefined)).toEqual({});
  });

  it.each([[null], [{}], [{ addAction: () => {} }]])("is refused as RUM: %j", (given) => {
    expect(() => datadog(given as unknown as typeof rum)).toThrow(refused("RUM"));
  });

  it.each([[NaN], [-1], [0], [0.5], [Infinity], ["30"], [null]])(
    "is refused as the most events of a minute: %j",
    (maxEventsPerMinute) => {
      const options = { maxEventsPerMinute } as DatadogOptions;
      expect(() => datadog(rum, options)).toThrow(refused("the option maxEventsPerMinute"));
    },
  );
});
