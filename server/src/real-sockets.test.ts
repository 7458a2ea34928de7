import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SERVER_CLOSES, SERVER_CONNECTIONS_ACTIVE, SERVER_FRAMES_RECEIVED } from "@sockscope/catalog";
import { Registry } from "prom-client";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { Connection } from "./connection/connection.ts";
import { instrumentServer } from "./instrument-server.ts";
import { line } from "./testing/exposition.test-support.ts";
import { TEST_APP } from "./testing/instrumented.test-support.ts";
import { wsConnection } from "./ws/ws-connection.ts";

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

/** Unlike `once`, does not reject when an error event comes first. */
function closeCode(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.on("close", resolve));
}

async function connected(): Promise<{
  registry: Registry;
  client: WebSocket;
  socket: WebSocket;
  connection: Connection;
}> {
  const registry = new Registry();
  const instrumentation = instrumentServer({ app: TEST_APP, registry, routes: ["/ws"] });
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, maxPayload: 64 });
  servers.push(server);
  await once(server, "listening");
  const accepted = new Promise<{ socket: WebSocket; connection: Connection }>((resolve) => {
    server.on("connection", (socket) =>
      resolve({
        socket,
        connection: wsConnection(instrumentation, socket, { route: "/ws", authMethod: "none" }),
      }),
    );
  });
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(client, "open");
  return { registry, client, ...(await accepted) };
}

function closes(code: string, reason: string): string {
  return `${line(SERVER_CLOSES.name, { app: TEST_APP, code, reason })} 1`;
}

describe("over real sockets of ws", () => {
  it("counts frames and the close that the server chose, and tells the client the reason", async () => {
    const { registry, client, socket, connection } = await connected();
    client.send('{"type":"ping","id":1}');
    await once(socket, "message");
    const closed = Promise.all([once(client, "close"), once(socket, "close")]);
    connection.close("authentication_required");
    const [[code, reason]] = (await closed) as [[number, Buffer], unknown];
    expect([code, reason.toString()]).toEqual([4401, "authentication_required"]);
    const text = await registry.metrics();
    expect(text).toContain(`${line(SERVER_FRAMES_RECEIVED.name, { app: TEST_APP, event: "ping" })} 1`);
    expect(text).toContain(closes("4401", "authentication_required"));
    expect(text).toContain(`${line(SERVER_CONNECTIONS_ACTIVE.name, { app: TEST_APP, route: "/ws" })} 0`);
  });

  it("counts a peer that vanishes without a close frame as lost", async () => {
    const { registry, client, socket } = await connected();
    const closed = once(socket, "close");
    client.terminate();
    await closed;
    expect(await registry.metrics()).toContain(closes("1006", "lost"));
  });

  it("counts a message that is too big under the code that the peer was given", async () => {
    const { registry, client, socket } = await connected();
    const closed = Promise.all([closeCode(client), closeCode(socket)]);
    client.send("x".repeat(65));
    const [codeOfClient] = await closed;
    expect(codeOfClient).toBe(1009);
    expect(await registry.metrics()).toContain(closes("1009", "other"));
  });

  it("counts the peer's close when both close at once", async () => {
    const { registry, client, socket, connection } = await connected();
    const closed = closeCode(socket);
    client.close(1001);
    connection.close("restart");
    expect(await closed).toBe(1001);
    expect(await registry.metrics()).toContain(closes("1001", "peer"));
  });

  it("counts a missing heartbeat as such when the peer never answers the close", async () => {
    const { registry, client, socket, connection } = await connected();
    const closed = closeCode(socket);
    client.pause();
    connection.close("heartbeat_timeout");
    socket.terminate();
    expect(await closed).toBe(1006);
    expect(await registry.metrics()).toContain(closes("3008", "heartbeat_timeout"));
  });
});
