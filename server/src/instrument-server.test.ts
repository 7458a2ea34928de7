import {
  AUTH_METHOD,
  createCatalog,
  ROUTE,
  SERVER_CLOSE_CODES,
  SERVER_CLOSES,
  SERVER_CONNECTION_DURATION,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
} from "@sockscope/catalog";
import { Counter, Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import type { ConnectionLogLine } from "./connection/connection-log.ts";
import { instrumentServer } from "./instrument-server.ts";
import { line, movedSeries, seriesNames } from "./testing/exposition.test-support.ts";
import { FakeSocket } from "./testing/fake-socket.test-support.ts";
import { instrumented, TEST_APP } from "./testing/instrumented.test-support.ts";
import { wsConnection } from "./ws/ws-connection.ts";

describe("the application's own names", () => {
  it("name frames of another shape, and are other when they throw", async () => {
    const { open, registry } = instrumented();
    const { socket, connection } = open({
      sentEvent: () => "assistant_message",
      receivedEvent: () => {
        throw new Error("no name");
      },
    });
    const moved = await movedSeries(registry, () => {
      connection.send({ kind: "answer", body: "hi" });
      socket.emit("message", Buffer.from('{"type":"ping","id":1}'), false);
    });
    expect(moved).toEqual({
      [line(SERVER_FRAMES_SENT.name, { app: TEST_APP, event: "assistant_message" })]: 1,
      [line(SERVER_FRAMES_RECEIVED.name, { app: TEST_APP, event: "other" })]: 1,
    });
  });
});

describe("a deployment's own catalog", () => {
  const catalog = createCatalog({
    frames: { received: ["order_filled"], sent: ["place_order"] },
    closeCodes: { "4001": { name: "kicked", meaning: "Logged in elsewhere.", userSees: "error" } },
    closeReasons: { kicked: 4001 },
    authMethods: ["bearer"],
  });

  it("has its frames, ways to authenticate, reasons and codes counted by name", async () => {
    const { instrumentation, registry } = instrumented({ catalog });
    const socket = new FakeSocket();
    const moved = await movedSeries(registry, () => {
      const connection = wsConnection(instrumentation, socket, { route: "/ws", authMethod: "bearer" });
      connection.send({ type: "order_filled" });
      socket.receive('{"type":"place_order"}');
      connection.close("kicked");
      socket.finish(4001);
    });
    expect(moved).toMatchObject({
      [line(SERVER_CONNECTIONS_OPENED.name, { app: TEST_APP, route: "/ws", auth_method: "bearer" })]: 1,
      [line(SERVER_FRAMES_SENT.name, { app: TEST_APP, event: "order_filled" })]: 1,
      [line(SERVER_FRAMES_RECEIVED.name, { app: TEST_APP, event: "place_order" })]: 1,
      [line(SERVER_CLOSES.name, { app: TEST_APP, code: "4001", reason: "kicked" })]: 1,
    });
    expect(socket.closeFrames).toEqual([{ code: 4001, reason: "kicked" }]);
  });

  it("begins at zero", async () => {
    const { registry } = instrumented({ catalog });
    const exposed = await registry.metrics();
    for (const labels of [
      'event="order_filled"',
      'event="place_order"',
      'code="4001",reason="kicked"',
      'auth_method="bearer"',
    ])
      expect(exposed).toMatch(new RegExp(`${labels}[^\n]*} 0\n`));
  });

  it("is not everybody's: what it adds is other elsewhere, and a reason without a code closes nothing", async () => {
    const { open, registry } = instrumented();
    const { socket, connection } = open();
    const moved = await movedSeries(registry, () => void connection.send({ type: "order_filled" }));
    expect(moved).toEqual({ [line(SERVER_FRAMES_SENT.name, { app: TEST_APP, event: "other" })]: 1 });
    for (const reason of ["kicked", "toString"])
      expect(() => connection.close(reason)).toThrow(
        expect.objectContaining({
          code: "SOCKSCOPE_ERR_CLOSE_REASON",
          message: expect.stringContaining(`"${reason}"`),
        }),
      );
    expect(socket.closeFrames).toEqual([]);
    expect(connection.isOpen).toBe(true);
  });
});

describe("a connection", () => {
  it("is the same one when the same socket is passed again", () => {
    const { instrumentation, open } = instrumented();
    const { socket, connection } = open();
    expect(wsConnection(instrumentation, socket, { route: "/ws", authMethod: "cookie" })).toBe(connection);
  });

  it("sends a frame as JSON, and nothing once it is closing", () => {
    const { socket, connection } = instrumented().open();
    expect(connection.send({ type: "pong", id: 1, server_time: 2 })).toBe(true);
    connection.close("restart");
    expect(connection.send({ type: "pong", id: 2, server_time: 2 })).toBe(false);
    expect(socket.sent).toEqual(['{"type":"pong","id":1,"server_time":2}']);
  });

  it.each(Object.entries(SERVER_CLOSE_CODES))("tells the peer %s and its code once", (reason, code) => {
    const { socket, connection } = instrumented().open();
    connection.close(reason as keyof typeof SERVER_CLOSE_CODES);
    connection.close("restart");
    expect(socket.closeFrames).toEqual([{ code, reason }]);
  });
});

describe("the registry", () => {
  it("has every series that a server will have, before anything happens", async () => {
    const names = await seriesNames(instrumented().registry);
    const expected = [
      line(SERVER_CONNECTIONS_ACTIVE.name, { app: TEST_APP, route: "/ws" }),
      ...AUTH_METHOD.map((auth_method) =>
        line(SERVER_CONNECTIONS_OPENED.name, { app: TEST_APP, route: "/ws", auth_method }),
      ),
      ...Object.entries(SERVER_CLOSE_CODES).map(([reason, code]) =>
        line(SERVER_CLOSES.name, { app: TEST_APP, code: String(code), reason }),
      ),
      ...["1000", "1001", "1005"].map((code) =>
        line(SERVER_CLOSES.name, { app: TEST_APP, code, reason: "peer" }),
      ),
      line(SERVER_CLOSES.name, { app: TEST_APP, code: "1006", reason: "lost" }),
      line(`${SERVER_CONNECTION_DURATION.name}_count`, { app: TEST_APP }),
      line(SERVER_FRAMES_SENT.name, { app: TEST_APP, event: "pong" }),
      line(SERVER_FRAMES_RECEIVED.name, { app: TEST_APP, event: "other" }),
    ];
    for (const series of expected) expect(names).toContain(series);
  });

  it("has the app on every series of ours and on none of the application's", async () => {
    const { registry, open } = instrumented();
    new Counter({ name: "own_total", help: "The application's.", registers: [registry] });
    open().socket.finish(1000);
    const names = await seriesNames(registry);
    const [own, ours] = [
      names.filter((name) => !name.startsWith("ws_")),
      names.filter((name) => name.startsWith("ws_")),
    ];
    expect(own).toEqual(["own_total"]);
    expect(ours.filter((name) => !name.includes(`app="${TEST_APP}"`))).toEqual([]);
  });

  it.each(["", "my app", 'chat"', "other", undefined as unknown as string])("refuses the app %j", (app) => {
    const registry = new Registry();
    expect(() => instrumentServer({ app, registry, routes: ["/ws"] })).toThrowError(
      expect.objectContaining({ name: "InvalidAppError", code: "SOCKSCOPE_ERR_APP_NAME", app }),
    );
    expect(registry.getMetricsAsArray()).toEqual([]);
  });

  it("takes as many routes as have series", () => {
    const routes = ["1", "2", "3", "4", "5", "6", "7", "8"];
    expect(routes).toHaveLength(ROUTE.top);
    expect(() => instrumentServer({ app: TEST_APP, registry: new Registry(), routes })).not.toThrow();
  });

  it("says which app it refuses and what to do", () => {
    expect(() => instrumentServer({ app: "my app", registry: new Registry(), routes: [] })).toThrowError(
      /^app "my app" cannot be a label; use up to 63 letters/,
    );
  });

  it.each([
    ["more routes than have series", ["1", "2", "3", "4", "5", "6", "7", "8", "9"]],
    ["a route with a comma", ["/ws,auth_method:none"]],
    ["an empty route", [""]],
  ])("refuses %s", (_, routes) => {
    expect(() => instrumentServer({ app: TEST_APP, registry: new Registry(), routes })).toThrowError(
      expect.objectContaining({ name: "InvalidRoutesError", code: "SOCKSCOPE_ERR_ROUTES", routes }),
    );
  });
});

describe("the log", () => {
  it("gets one line at connect and one at close, with the thread once it is known", () => {
    const lines: ConnectionLogLine[] = [];
    const { open, clock } = instrumented({ log: (entry) => lines.push(entry) });
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
    const { socket } = instrumented({ log: (entry) => lines.push(entry) }).open();
    socket.emit("error", new Error("ECONNRESET"));
    expect(lines.at(-1)).toMatchObject({ event: "error", message: "ECONNRESET" });
  });
});
