import { once } from "node:events";
import type { Socket } from "node:net";
import { createCatalog, SERVER_CLOSES, SERVER_CONNECTION_DURATION } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { line, movedSeries } from "../testing/exposition.test-support.ts";
import { TEST_APP } from "../testing/instrumented.test-support.ts";
import { closed, observed, opened } from "../testing/moves.test-support.ts";
import { bothClosed, closeCode, type RealConnection, realWs } from "../testing/real-ws.test-support.ts";
import { wsConnection } from "./ws-connection.ts";

/** What goes over the wire under a socket, past what `ws` would send. */
function wire(socket: WebSocket): Socket {
  return (socket as unknown as { _socket: Socket })._socket;
}

/** A frame of a client, whose mask is zero. */
function clientFrame(firstByte: number, payload: readonly number[]): Buffer {
  return Buffer.from([firstByte, 0x80 + payload.length, 0, 0, 0, 0, ...payload]);
}

/** Connects, lets a second pass, and tells what moved until both ends were closed. */
async function movedByClosing(
  act: (connection: RealConnection) => void,
  options: Parameters<typeof realWs> = [],
): Promise<Readonly<Record<string, number>>> {
  const { registry, clock, connect } = await realWs(...options);
  const connection = await connect();
  clock.ms += 1000;
  return movedSeries(registry, async () => {
    const over = bothClosed(connection);
    act(connection);
    await over;
  });
}

describe("a close that the server chose, over a real socket", () => {
  it("counts under its reason, and the client is told", async () => {
    const { registry, clock, connect } = await realWs();
    const { client, socket, connection } = await connect();
    clock.ms += 1000;
    const moved = await movedSeries(registry, async () => {
      const over = Promise.all([once(client, "close"), once(socket, "close")]);
      connection.close("authentication_required");
      const [[code, reason]] = await over;
      expect([code, String(reason)]).toEqual([4401, "authentication_required"]);
    });
    expect(moved).toEqual(closed("4401", "authentication_required"));
  });

  it("tells the client in the text when to come back", async () => {
    const { client, connection } = await (await realWs()).connect();
    const over = once(client, "close");
    connection.closeWith("overload", { retryAfterMs: 4213 });
    expect(String((await over)[1])).toBe("overload retry_after_ms=4213");
  });

  it("is timed by the clock: a minute is a minute", async () => {
    const { registry, clock, connect } = await realWs();
    const connection = await connect();
    clock.ms += 60_000;
    const moved = await movedSeries(registry, async () => {
      connection.client.close(1000);
      await bothClosed(connection);
    });
    expect(moved).toMatchObject(observed(SERVER_CONNECTION_DURATION, 60));
  });

  it("loses to the peer's close that was on its way, 20 times of 20", async () => {
    const { registry, clock, connect } = await realWs();
    const connections: RealConnection[] = [];
    for (let n = 0; n < 20; n += 1) connections.push(await connect());
    clock.ms += 1000;
    const moved = await movedSeries(registry, async () => {
      const over = Promise.all(connections.map(bothClosed));
      for (const { client, connection } of connections) {
        client.close(1000);
        connection.close("restart");
      }
      await over;
    });
    expect(moved).toEqual(closed("1000", "peer", { times: 20 }));
  });

  it("counts under its reason when the peer never answers", async () => {
    const moved = await movedByClosing(({ client, connection }) => {
      client.pause();
      connection.close("slow_consumer");
      connection.terminate();
      client.resume();
    });
    expect(moved).toEqual(closed("1013", "slow_consumer"));
  });
});

describe("a close past the connection, over a real socket", () => {
  const catalog = createCatalog({
    closeCodes: { "4008": { name: "idle", meaning: "Nobody was there.", userSees: "error" } },
    closeReasons: { idle: 4008 },
  });

  it.each([
    [4401, undefined, "4401", "authentication_required"],
    [4008, undefined, "4008", "idle"],
    [4008, "go away", "4008", "idle"],
    [1011, "keepalive ping timeout", "3008", "heartbeat_timeout"],
    [undefined, undefined, "1005", "normal"],
  ])("with code %j and text %j counts as %s, %s", async (code, text, label, reason) => {
    const moved = await movedByClosing(({ socket }) => socket.close(code, text), [{ catalog }]);
    expect(moved).toEqual(closed(label, reason));
  });

  it("that ws refuses ends nothing", async () => {
    const { connect } = await realWs();
    const { client, socket, connection } = await connect();
    expect(() => socket.close(999)).toThrow(TypeError);
    expect(() => socket.close(1000, "x".repeat(124))).toThrow(RangeError);
    expect(connection.isOpen).toBe(true);
    const message = once(client, "message");
    connection.send({ type: "pong" });
    expect(String((await message)[0])).toBe('{"type":"pong"}');
  });

  it("of the whole server counts its going away for each", async () => {
    const { registry, clock, server, connect } = await realWs();
    const connections = [await connect(), await connect()];
    clock.ms += 1000;
    const moved = await movedSeries(registry, async () => {
      const over = Promise.all(connections.map(bothClosed));
      server.close();
      for (const socket of server.clients) socket.close(1001);
      await over;
    });
    expect(moved).toEqual(closed("1001", "going_away", { times: 2 }));
  });
});

describe("a close of the peer, over a real socket", () => {
  it.each([
    [1000, "1000"],
    [1001, "1001"],
    [undefined, "1005"],
    [4401, "4401"],
    [4999, "4xxx"],
  ])("with code %j counts as %s, whatever its text says", async (code, label) => {
    const moved = await movedByClosing(({ client }) =>
      client.close(code, code === undefined ? undefined : "internal_error"),
    );
    expect(moved).toEqual(closed(label, "peer"));
  });

  it("without a frame counts as lost", async () => {
    expect(await movedByClosing(({ client }) => client.terminate())).toEqual(closed("1006", "lost"));
  });

  it("by the end of its stream alone counts as lost", async () => {
    expect(await movedByClosing(({ client }) => wire(client).end())).toEqual(closed("1006", "lost"));
  });
});

describe("a peer that breaks the protocol", () => {
  it.each([
    ["sends more than the server takes", "1009", (client: WebSocket) => client.send("x".repeat(65))],
    [
      "sends bytes that are no text",
      "1007",
      (client: WebSocket) => wire(client).write(clientFrame(0x81, [0xff])),
    ],
    ["sends a frame of no kind", "1002", (client: WebSocket) => wire(client).write(clientFrame(0x83, []))],
    [
      "closes with a code that nobody may send",
      "1002",
      (client: WebSocket) => wire(client).write(clientFrame(0x88, [3, 237])),
    ],
    [
      "sends too many fragments",
      "1008",
      (client: WebSocket) => {
        for (let n = 0; n < 5; n += 1) client.send("x", { fin: false });
      },
    ],
  ])("and %s counts under the code that it was given, %s", async (_, code, breaks) => {
    const moved = await movedByClosing(
      ({ client }) => breaks(client),
      [{}, { maxPayload: 64, maxFragments: 4 }],
    );
    expect(moved).toEqual(closed(code, "protocol_error"));
  });

  it("while the server closes counts under the server's reason", async () => {
    const moved = await movedByClosing(({ client, connection }) => {
      wire(client).write(clientFrame(0x81, [0xff]));
      connection.close("restart");
    });
    expect(moved).toEqual(closed("1012", "restart"));
  });
});

describe("a peer that is gone before it is accepted", () => {
  it("counts as opened and lost", async () => {
    const { registry, instrumentation, server, connect } = await realWs();
    const moved = await movedSeries(registry, async () => {
      const accepted = once(server, "connection") as Promise<[WebSocket]>;
      const connecting = connect({ before: (socket) => socket.terminate() }).catch(() => {});
      const [socket] = await accepted;
      await closeCode(socket);
      await connecting;
      wsConnection(instrumentation, socket, { route: "/ws", authMethod: "cookie" });
    });
    expect(moved).toMatchObject({
      ...opened("cookie"),
      [line(SERVER_CLOSES.name, { app: TEST_APP, code: "1006", reason: "lost" })]: 1,
    });
    expect(instrumentation.connections.size).toBe(0);
  });
});

describe("a heartbeat as ws describes it", () => {
  /** What the README of `ws` does every 30 s. */
  function beat(socket: WebSocket & { isAlive?: boolean }): void {
    if (socket.isAlive === false) {
      socket.terminate();
      return;
    }
    socket.isAlive = false;
    socket.ping();
  }

  it("counts a peer that answers no ping as heartbeat_timeout", async () => {
    const moved = await movedByClosing(({ client, socket }) => {
      client.pause();
      beat(socket);
      beat(socket);
      client.resume();
    });
    expect(moved).toEqual(closed("3008", "heartbeat_timeout"));
  });

  it("ends no peer that answers, and cutting it afterwards is no heartbeat's doing", async () => {
    const { registry, clock, connect } = await realWs();
    const connection = await connect();
    const socket: WebSocket & { isAlive?: boolean } = connection.socket;
    socket.on("pong", () => {
      socket.isAlive = true;
    });
    beat(socket);
    await once(socket, "pong");
    beat(socket);
    await once(socket, "pong");
    clock.ms += 1000;
    const moved = await movedSeries(registry, async () => {
      const over = bothClosed(connection);
      socket.terminate();
      await over;
    });
    expect(moved).toEqual(closed("1006", "other"));
  });

  it("counts what the peer says as a sign of life", async () => {
    const { registry, clock, connect } = await realWs();
    const connection = await connect({ client: { autoPong: false } });
    connection.socket.ping();
    connection.client.send('{"type":"ping"}');
    await once(connection.socket, "message");
    clock.ms += 1000;
    const moved = await movedSeries(registry, async () => {
      const over = bothClosed(connection);
      connection.socket.terminate();
      await over;
    });
    expect(moved).toEqual(closed("1006", "other"));
  });
});
