import { SERVER_SEND_BUFFER } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import type { Connection } from "./connection/connection.ts";
import { type CallbackBehavior, CallbackSocket } from "./testing/callback-server.test-support.ts";
import { line, movedSeries } from "./testing/exposition.test-support.ts";
import { instrumented, TEST_APP } from "./testing/instrumented.test-support.ts";
import { active, closed, opened, received, sendError, sent } from "./testing/moves.test-support.ts";

interface UserData {
  connection?: Connection;
}

/** A server as the README shows it. */
function served(maxBufferedBytes?: number) {
  const { open: _, ...measuring } = instrumented();
  const { instrumentation, clock } = measuring;
  const behavior: CallbackBehavior<UserData> = {
    open: (socket) => {
      socket.getUserData().connection = instrumentation.accept(
        {
          send: (text) => {
            if (socket.send(text) === 2) throw new Error("dropped");
          },
          close: (code, reason) => socket.end(code, reason),
          terminate: () => socket.close(),
          bufferedBytes: () => socket.getBufferedAmount(),
        },
        {
          route: "/ws",
          authMethod: "cookie",
          ...(maxBufferedBytes === undefined ? {} : { maxBufferedBytes }),
        },
      );
    },
    message: (socket, message, isBinary) => socket.getUserData().connection?.received(message, isBinary),
    close: (socket, code) => socket.getUserData().connection?.closed(code),
  };
  const connect = (): { socket: CallbackSocket<UserData>; connection: Connection } => {
    const data: UserData = {};
    const socket = new CallbackSocket<UserData>(behavior, data);
    clock.ms += 1000;
    return { socket, connection: data.connection ?? expect.fail() };
  };
  return { ...measuring, connect };
}

describe("a server that calls back", () => {
  it("counts connections, and frames both ways", async () => {
    const { registry, connect } = served();
    const moved = await movedSeries(registry, () => {
      const { socket, connection } = connect();
      socket.receive('{"type":"ping","id":1}');
      socket.receive('{"type":"ping","id":1}', true);
      expect(connection.send({ type: "pong" })).toBe(true);
      expect(socket.arrived).toEqual(['{"type":"pong"}']);
    });
    expect(moved).toEqual({
      ...active(1),
      ...opened("cookie"),
      ...received("ping"),
      ...received("other"),
      ...sent("pong"),
    });
  });

  it.each([
    ["the peer closes", "1000", "peer", ({ socket }: Connected) => socket.leave(1000)],
    ["the peer closes without a code", "1005", "peer", ({ socket }: Connected) => socket.leave(1005)],
    ["the peer is gone", "1006", "lost", ({ socket }: Connected) => socket.leave(1006)],
    [
      "the server closes",
      "4401",
      "authentication_expired",
      ({ connection }: Connected) => connection.close("authentication_expired"),
    ],
    ["the server cuts", "1006", "other", ({ connection }: Connected) => connection.terminate()],
    [
      "the library's own timeout ends it",
      "3008",
      "heartbeat_timeout",
      ({ socket, connection }: Connected) => {
        connection.heartbeatTimedOut();
        socket.leave(1006);
      },
    ],
  ])("counts the end, when %s, as %s, %s", async (_, code, reason, ends) => {
    const { registry, connect, instrumentation } = served();
    const connected = connect();
    expect(await movedSeries(registry, () => ends(connected))).toEqual(closed(code, reason));
    expect(instrumentation.connections.size).toBe(0);
  });

  it("tells the peer the reason and the advice", () => {
    const { socket, connection } = served().connect();
    connection.closeWith("restart", { retryAfterMs: 100 });
    expect(socket.ended).toEqual({ code: 1012, reason: "restart retry_after_ms=100" });
  });

  it("is not disturbed by whoever acts on a connection that is closed", async () => {
    const { registry, connect } = served();
    const { socket, connection } = connect();
    socket.leave(1000);
    const moved = await movedSeries(registry, () => {
      expect(connection.send({ type: "pong" })).toBe(false);
      connection.close("restart");
      connection.terminate();
      connection.closed(1006);
      connection.closing(1000);
      connection.setThread("late");
      expect(connection.bufferedBytes).toBe(0);
    });
    expect(moved).toEqual(sendError("closed"));
  });

  it("counts as an error what the library drops, and closes who reads too slowly", async () => {
    const { registry, connect } = served(300);
    const { socket, connection } = connect();
    socket.isReading = false;
    expect(connection.send("x".repeat(260))).toBe(true);
    const waiting = line(SERVER_SEND_BUFFER.name, { app: TEST_APP, route: "/ws" });
    expect(await movedSeries(registry, () => connection.send("y"))).toEqual(sendError("other"));
    const { socket: second, connection: slow } = connect();
    second.isReading = false;
    slow.send("x".repeat(301));
    const moved = await movedSeries(registry, () => expect(slow.send("y")).toBe(false));
    expect(moved).toEqual({
      ...closed("1013", "slow_consumer"),
      ...sendError("backpressure"),
      [waiting]: -301,
    });
  });

  it("is scraped though a socket throws of which nobody said that it is closed", async () => {
    const { registry, instrumentation } = instrumented();
    const throws = (): never => {
      throw new Error("Invalid access");
    };
    const connection = instrumentation.accept(
      {
        send: throws,
        close: throws,
        terminate: throws,
        bufferedBytes: throws,
        isOpen: throws,
        isGone: throws,
      },
      { route: "/ws", authMethod: "none" },
    );
    const moved = await movedSeries(registry, () => {
      expect(connection.send({ type: "pong" })).toBe(false);
      connection.close("restart");
      connection.terminate();
    });
    expect(moved).toEqual(sendError("closed"));
  });

  it("drains", async () => {
    const { instrumentation, connect } = served();
    const all = [connect(), connect()];
    await instrumentation.drain({ random: () => 0.5, spreadMs: 100 });
    expect(all.map(({ socket }) => socket.ended?.reason)).toEqual(Array(2).fill("restart retry_after_ms=50"));
  });
});

type Connected = ReturnType<ReturnType<typeof served>["connect"]>;
