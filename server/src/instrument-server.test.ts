import {
  CONNECTION_BUCKETS,
  SERVER_CLOSE_CODES,
  SERVER_CLOSES,
  SERVER_CONNECTION_DURATION,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
} from "@sockscope/catalog";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import type { Connection, ConnectionOptions } from "./connection.ts";
import type { ConnectionLogLine } from "./connection-log.ts";
import { FakeSocket } from "./fake-socket.test-support.ts";
import { instrumentServer } from "./instrument-server.ts";

function setup(log?: (line: ConnectionLogLine) => void) {
  const registry = new Registry();
  const clock = { ms: 5000, now: () => clock.ms };
  const instrumentation = instrumentServer({ registry, routes: ["/ws"], clock, log: log ?? (() => {}) });
  const open = (options: Partial<ConnectionOptions> = {}): { socket: FakeSocket; connection: Connection } => {
    const socket = new FakeSocket();
    const connection = instrumentation.connection(socket, {
      route: "/ws",
      authMethod: "cookie",
      ...options,
    });
    return { socket, connection };
  };
  const value = async (name: string, labels: Record<string, string> = {}): Promise<number | undefined> => {
    const metric = (await registry.getMetricsAsJSON()).find((entry) => entry.name === name);
    const samples = (metric?.values ?? []) as readonly { labels: object; value: number }[];
    return samples.find((sample) => JSON.stringify(sample.labels) === JSON.stringify(labels))?.value;
  };
  return { registry, clock, instrumentation, open, value };
}

async function seriesCount(registry: Registry): Promise<number> {
  return (await registry.metrics()).split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
}

describe("opening", () => {
  it("counts the connection as opened and as active", async () => {
    const { open, value } = setup();
    open();
    expect(await value(SERVER_CONNECTIONS_ACTIVE.name, { route: "/ws" })).toBe(1);
    expect(await value(SERVER_CONNECTIONS_OPENED.name, { route: "/ws", auth_method: "cookie" })).toBe(1);
  });

  it("counts a route that is not configured as other", async () => {
    const { open, value } = setup();
    open({ route: "/admin?token=secret" });
    expect(await value(SERVER_CONNECTIONS_ACTIVE.name, { route: "other" })).toBe(1);
    expect(await value(SERVER_CONNECTIONS_ACTIVE.name, { route: "/ws" })).toBe(0);
  });

  it("creates no series for an authentication method that the catalog does not have", async () => {
    const { open, registry } = setup();
    open();
    const before = await seriesCount(registry);
    open({ authMethod: "magic" as "cookie" });
    expect(await seriesCount(registry)).toBe(before);
  });

  it("returns the same connection when the same socket is passed again", async () => {
    const { instrumentation, open, value } = setup();
    const { socket, connection } = open();
    expect(instrumentation.connection(socket, { route: "/ws", authMethod: "cookie" })).toBe(connection);
    expect(await value(SERVER_CONNECTIONS_ACTIVE.name, { route: "/ws" })).toBe(1);
  });

  it("counts a socket that is closed already as opened and lost", async () => {
    const { instrumentation, value } = setup();
    const socket = new FakeSocket();
    socket.finish(1006);
    instrumentation.connection(socket, { route: "/ws", authMethod: "cookie" });
    expect(await value(SERVER_CONNECTIONS_ACTIVE.name, { route: "/ws" })).toBe(0);
    expect(await value(SERVER_CLOSES.name, { code: "1006", reason: "lost" })).toBe(1);
  });
});

describe("frames", () => {
  it("counts a received frame by its event", async () => {
    const { open, value } = setup();
    const { socket } = open();
    socket.receive('{"type":"client_hello","thread_id":"t"}');
    socket.receive('{"type":"chat_message","event":"user_message","payload":{}}');
    expect(await value(SERVER_FRAMES_RECEIVED.name, { event: "client_hello" })).toBe(1);
    expect(await value(SERVER_FRAMES_RECEIVED.name, { event: "user_message" })).toBe(1);
  });

  it("counts binary frames and unknown events as other", async () => {
    const { open, value } = setup();
    const { socket } = open();
    socket.emit("message", Buffer.from('{"type":"ping","id":1}'), true);
    socket.receive('{"type":"sudo"}');
    expect(await value(SERVER_FRAMES_RECEIVED.name, { event: "other" })).toBe(2);
    expect(await value(SERVER_FRAMES_RECEIVED.name, { event: "ping" })).toBe(0);
  });

  it("sends the frame as JSON and counts it by its event", async () => {
    const { open, value } = setup();
    const { socket, connection } = open();
    expect(connection.send({ type: "pong", id: 1, server_time: 2 })).toBe(true);
    expect(socket.sent).toEqual(['{"type":"pong","id":1,"server_time":2}']);
    expect(await value(SERVER_FRAMES_SENT.name, { event: "pong" })).toBe(1);
  });

  it("names frames of another shape as the application says, and as other when it cannot", async () => {
    const { open, value } = setup();
    const { socket, connection } = open({
      sentEvent: () => "assistant_message",
      receivedEvent: () => {
        throw new Error("no name");
      },
    });
    connection.send({ kind: "answer", body: "hi" });
    socket.emit("message", Buffer.from('{"type":"ping","id":1}'), false);
    expect(await value(SERVER_FRAMES_SENT.name, { event: "assistant_message" })).toBe(1);
    expect(await value(SERVER_FRAMES_RECEIVED.name, { event: "other" })).toBe(1);
  });

  it("neither sends nor counts a frame when the socket is closing", async () => {
    const { open, value } = setup();
    const { socket, connection } = open();
    connection.close("restart");
    expect(connection.send({ type: "pong", id: 1, server_time: 2 })).toBe(false);
    expect(socket.sent).toEqual([]);
    expect(await value(SERVER_FRAMES_SENT.name, { event: "pong" })).toBe(0);
  });
});

describe("closing", () => {
  it("observes a connection of 60 s as 60 s", async () => {
    const { open, clock, registry } = setup();
    const { socket } = open();
    clock.ms += 60_000;
    socket.finish(1000);
    const text = await registry.metrics();
    const name = SERVER_CONNECTION_DURATION.name;
    expect(text).toContain(`${name}_sum 60\n`);
    expect(text).toContain(`${name}_bucket{le="30"} 0\n`);
    expect(text).toContain(`${name}_bucket{le="60"} 1\n`);
  });

  it("clamps a duration to the largest that the layout allows", async () => {
    const { open, clock, registry } = setup();
    const { socket } = open();
    clock.ms += (CONNECTION_BUCKETS.max + 1) * 1000;
    socket.finish(1000);
    expect(await registry.metrics()).toContain(
      `${SERVER_CONNECTION_DURATION.name}_sum ${CONNECTION_BUCKETS.max}\n`,
    );
  });

  it("sends the reason's code and name, and counts them when the socket has closed", async () => {
    const { open, value } = setup();
    const { socket, connection } = open();
    connection.close("authentication_expired");
    expect(socket.closeFrames).toEqual([{ code: 4401, reason: "authentication_expired" }]);
    expect(await value(SERVER_CLOSES.name, { code: "4401", reason: "authentication_expired" })).toBe(0);
    socket.finish(4401);
    expect(await value(SERVER_CLOSES.name, { code: "4401", reason: "authentication_expired" })).toBe(1);
    expect(await value(SERVER_CONNECTIONS_ACTIVE.name, { route: "/ws" })).toBe(0);
  });

  it("keeps the first reason when it is closed again while closing", async () => {
    const { open, value } = setup();
    const { socket, connection } = open();
    connection.close("overload");
    connection.close("restart");
    socket.finish(1006);
    expect(socket.closeFrames).toHaveLength(1);
    expect(await value(SERVER_CLOSES.name, { code: "1013", reason: "overload" })).toBe(1);
    expect(await value(SERVER_CLOSES.name, { code: "1012", reason: "restart" })).toBe(0);
  });

  it("counts one close when the close event comes twice", async () => {
    const { open, value } = setup();
    const { socket } = open();
    socket.finish(1001);
    socket.finish(1001);
    expect(await value(SERVER_CLOSES.name, { code: "1001", reason: "peer" })).toBe(1);
    expect(await value(SERVER_CONNECTIONS_ACTIVE.name, { route: "/ws" })).toBe(0);
  });

  it("counts a close without a close frame as lost", async () => {
    const { open, value } = setup();
    open().socket.finish(1006);
    expect(await value(SERVER_CLOSES.name, { code: "1006", reason: "lost" })).toBe(1);
  });

  it("counts a private code of the peer under its range", async () => {
    const { open, value } = setup();
    open().socket.finish(4999);
    expect(await value(SERVER_CLOSES.name, { code: "4xxx", reason: "peer" })).toBe(1);
  });

  it("listens for nothing but errors afterwards", () => {
    const { socket } = setup().open();
    socket.finish(1000);
    expect(socket.eventNames()).toEqual(["error"]);
  });
});

describe("the registry", () => {
  it("has a zero for every close that the server can choose, before anything happens", async () => {
    const { value } = setup();
    for (const [reason, code] of Object.entries(SERVER_CLOSE_CODES)) {
      expect(await value(SERVER_CLOSES.name, { code: String(code), reason })).toBe(0);
    }
  });

  it("has a zero for every configured route", async () => {
    expect(await setup().value(SERVER_CONNECTIONS_ACTIVE.name, { route: "/ws" })).toBe(0);
  });

  it.each([
    ["more routes than have series", ["1", "2", "3", "4", "5", "6", "7", "8", "9"]],
    ["a route with a comma", ["/ws,auth_method:none"]],
    ["an empty route", [""]],
  ])("refuses %s", (_, routes) => {
    expect(() => instrumentServer({ registry: new Registry(), routes })).toThrowError(
      expect.objectContaining({ name: "InvalidRoutesError", code: "SOCKSCOPE_ERR_ROUTES", routes }),
    );
  });
});

describe("the log", () => {
  it("gets one line at connect and one at close, with the thread once it is known", () => {
    const lines: ConnectionLogLine[] = [];
    const { open, clock } = setup((line) => lines.push(line));
    const { socket, connection } = open();
    connection.setThread("thread-1");
    clock.ms += 1500;
    connection.close("internal_error");
    socket.finish(1011);
    const identity = { route: "/ws", correlation_id: connection.correlationId };
    expect(lines).toEqual([
      { event: "connect", ...identity, auth_method: "cookie" },
      {
        event: "close",
        ...identity,
        thread_id: "thread-1",
        code: 1011,
        reason: "internal_error",
        duration_seconds: 1.5,
      },
    ]);
  });

  it("gets a line for a socket's error", () => {
    const lines: ConnectionLogLine[] = [];
    const { socket } = setup((line) => lines.push(line)).open();
    socket.emit("error", new Error("ECONNRESET"));
    expect(lines.at(-1)).toMatchObject({ event: "error", message: "ECONNRESET" });
  });

  it("does not disturb the connection when it throws", async () => {
    const { open, value } = setup(() => {
      throw new Error("disk full");
    });
    open().socket.finish(1000);
    expect(await value(SERVER_CLOSES.name, { code: "1000", reason: "peer" })).toBe(1);
  });
});
