import { once } from "node:events";
import { finished } from "node:stream/promises";
import { createCatalog, SERVER_MESSAGE_DELIVERY, SERVER_SEND_BUFFER } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { createWebSocketStream, type WebSocket } from "ws";
import { movedSeries } from "../testing/exposition.test-support.ts";
import { observed, received, sendError, sent } from "../testing/moves.test-support.ts";
import { bothClosed, closeCode, realWs } from "../testing/real-ws.test-support.ts";

const PING = '{"type":"ping","id":1}';
const PONG = '{"type":"pong","id":1,"server_time":2}';

/** Resolves when the other end has had everything that was sent before. */
async function isThrough(from: WebSocket): Promise<void> {
  const answered = once(from, "pong");
  from.ping();
  await answered;
}

describe("frames that come in, over a real socket", () => {
  it.each(["nodebuffer", "arraybuffer", "fragments"] as const)(
    "count by name where text is read, and as other where bytes are, as %s",
    async (binaryType) => {
      const { registry, connect } = await realWs();
      const { client, socket } = await connect();
      socket.binaryType = binaryType;
      const moved = await movedSeries(registry, async () => {
        client.send(PING);
        client.send(Buffer.from(PING));
        await isThrough(client);
      });
      expect(moved).toEqual({ ...received("ping"), ...received("other") });
    },
  );

  it("count once however many fragments they have", async () => {
    const { registry, connect } = await realWs();
    const { client } = await connect();
    const moved = await movedSeries(registry, async () => {
      for (const letter of PING) client.send(letter, { fin: false });
      client.send("", { fin: true });
      await isThrough(client);
    });
    expect(moved).toEqual(received("ping"));
  });

  it("count when they are compressed", async () => {
    const { registry, connect } = await realWs({}, { perMessageDeflate: { threshold: 0 } });
    const { client, connection } = await connect();
    expect(client.extensions).toContain("permessage-deflate");
    const moved = await movedSeries(registry, async () => {
      const answer = once(client, "message");
      client.send(PING);
      connection.send(PONG);
      expect(String((await answer)[0])).toBe(PONG);
      await isThrough(client);
    });
    expect(moved).toEqual({ ...received("ping"), ...sent("pong") });
  });

  it("have the deployment's own names, and so have those that are sent", async () => {
    const catalog = createCatalog({ frames: { received: ["fill"], sent: ["order"] } });
    const { registry, connect } = await realWs({ catalog });
    const nameOf = (data: unknown): string => JSON.parse(String(data)).kind;
    const { client, socket } = await connect({ sentEvent: nameOf, receivedEvent: nameOf });
    const moved = await movedSeries(registry, async () => {
      client.send('{"kind":"order"}');
      client.send("not JSON");
      socket.send('{"kind":"fill"}');
      socket.send('{"kind":"constructor"}');
      await isThrough(client);
    });
    expect(moved).toEqual({ ...received("order"), ...received("other"), ...sent("fill"), ...sent("other") });
  });
});

describe("frames that are sent past the connection", () => {
  it.each([
    ["text", (socket: WebSocket) => socket.send(PONG), "pong"],
    ["text with a callback", (socket: WebSocket) => socket.send(PONG, () => {}), "pong"],
    [
      "bytes that are sent as text",
      (socket: WebSocket) => socket.send(Buffer.from(PONG), { binary: false }),
      "pong",
    ],
    ["bytes", (socket: WebSocket) => socket.send(Buffer.from(PONG)), "other"],
    ["text that is sent as bytes", (socket: WebSocket) => socket.send(PONG, { binary: true }), "other"],
    ["a number", (socket: WebSocket) => socket.send(5), "other"],
    ["a number as text", (socket: WebSocket) => socket.send(5, { binary: false }), "other"],
    [
      "a blob as text",
      (socket: WebSocket) => socket.send(new Blob([PONG]) as never, { binary: false }),
      "other",
    ],
    ["nothing", (socket: WebSocket) => socket.send(undefined as never, { binary: false }), "other"],
    [
      "memory that is shared",
      (socket: WebSocket) => socket.send(new Uint8Array(new SharedArrayBuffer(2)), { binary: false }),
      "other",
    ],
  ])("count, and arrive as they would: %s", async (_, send, event) => {
    const { registry, connect } = await realWs();
    const { client, socket } = await connect();
    const moved = await movedSeries(registry, async () => {
      const arrived = once(client, "message");
      send(socket);
      await arrived;
    });
    expect(moved).toEqual(sent(event));
  });

  it("count once however many fragments they have", async () => {
    const { registry, connect } = await realWs();
    const { client, socket } = await connect();
    const moved = await movedSeries(registry, async () => {
      const arrived = once(client, "message");
      socket.send(PONG.slice(0, 20), { fin: false });
      socket.send(PONG.slice(20), { fin: true });
      expect(String((await arrived)[0])).toBe(PONG);
      socket.send(PONG);
    });
    expect(moved).toEqual(sent("pong", 2));
  });

  it("count when a stream writes them", async () => {
    const { registry, connect } = await realWs();
    const both = await connect();
    const moved = await movedSeries(registry, async () => {
      const stream = createWebSocketStream(both.socket, { encoding: "utf8" });
      const said = once(stream, "data");
      both.client.send(PING);
      expect((await said)[0]).toBe(PING);
      const arrived = once(both.client, "message");
      stream.write(PONG);
      await arrived;
      const over = bothClosed(both);
      stream.end();
      await Promise.all([over, finished(stream)]);
    });
    expect(moved).toMatchObject({ ...received("ping"), ...sent("other") });
    expect(
      Object.keys(moved).filter((series) => series.includes('code="1005",reason="normal"')),
    ).toHaveLength(1);
  });

  it("count as errors when the socket is closed, and their callbacks hear of it", async () => {
    const { registry, connect } = await realWs();
    const both = await connect();
    both.client.close(1000);
    await bothClosed(both);
    const moved = await movedSeries(registry, async () => {
      const error = await new Promise<Error | undefined>((resolve) => both.socket.send(PONG, resolve));
      expect(error?.message).toMatch(/not open/);
      expect(both.connection.send(PONG)).toBe(false);
    });
    expect(moved).toEqual(sendError("closed", 2));
  });
});

describe("a message that is timed, over a real socket", () => {
  it("is observed when it was written, with what the clock reads then", async () => {
    const { registry, clock, instrumentation, connect } = await realWs();
    const { client, connection } = await connect();
    const acceptedAtMs = instrumentation.now();
    const moved = await movedSeries(registry, async () => {
      connection.send(PONG, { acceptedAtMs });
      clock.ms += 40;
      await isThrough(client);
    });
    expect(moved).toEqual({ ...sent("pong"), ...observed(SERVER_MESSAGE_DELIVERY, 0.04) });
  });

  it("is not observed when it was never written", async () => {
    const { registry, instrumentation, connect } = await realWs();
    const { client, socket, connection } = await connect();
    client.pause();
    const moved = await movedSeries(registry, async () => {
      const over = closeCode(socket);
      // More than the kernel takes of a peer that does not read.
      for (let n = 0; n < 64; n += 1)
        connection.send("x".repeat(1024 * 1024), { acceptedAtMs: instrumentation.now() });
      socket.terminate();
      await over;
    });
    const count = moved[Object.keys(observed(SERVER_MESSAGE_DELIVERY, 0)).at(-1) ?? ""] ?? 0;
    expect(count).toBeLessThan(64);
    expect(moved).toMatchObject(sent("other", 64));
  });
});

describe("a peer that does not read", () => {
  it("fills its send buffer, which the gauge shows, until it is closed as a slow consumer", async () => {
    const { registry, connect } = await realWs();
    const both = await connect({ maxBufferedBytes: 1024 * 1024 });
    both.client.pause();
    let accepted = 0;
    const moved = await movedSeries(registry, async () => {
      while (both.connection.send("x".repeat(256 * 1024))) accepted += 1;
    });
    expect(moved).toMatchObject({ ...sent("other", accepted), ...sendError("backpressure") });
    const waiting = Object.entries(moved).find(([series]) => series.startsWith(SERVER_SEND_BUFFER.name));
    expect(waiting?.[1]).toBeGreaterThan(1024 * 1024);
    const closing = await movedSeries(registry, async () => {
      both.connection.terminate();
      await closeCode(both.socket);
    });
    expect(Object.keys(closing).filter((series) => series.includes('reason="slow_consumer"'))).toEqual([
      expect.stringContaining('code="1013"'),
    ]);
    expect(closing[waiting?.[0] ?? ""]).toBe(-(waiting?.[1] ?? 0));
  });
});
