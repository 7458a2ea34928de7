// A server that survives what its listeners throw, and one peer; says in the end what a scrape says.
import { once } from "node:events";
import { instrumentServer } from "@sockscope/server";
import { wsConnection } from "@sockscope/server/ws";
import { Registry } from "prom-client";
import { WebSocket, WebSocketServer } from "ws";

const [event, place, peer] = process.argv.slice(2);
process.on("uncaughtException", () => {});

const registry = new Registry();
const instrumentation = instrumentServer({ app: "chat", registry, routes: ["/ws"] });
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, maxPayload: 64 });
await once(server, "listening");

const throwing = () => {
  throw new Error(`a listener of ${event}`);
};

/** The stream under the socket is gone: nothing more can happen to it. */
const streamClosed = new Promise((resolve) => {
  server.on("connection", (socket) => {
    socket._socket.prependListener("close", () => setImmediate(resolve));
    if (place === "before") socket.on(event, throwing);
    wsConnection(instrumentation, socket, { route: "/ws", authMethod: "none" });
    if (place === "after") socket.on(event, throwing);
    if (place === "prepended") socket.prependListener(event, throwing);
  });
});

const client = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
client.on("error", () => {});
await once(client, "open");
if (peer === "closes") client.close(1000);
if (peer === "talks and vanishes") client.send('{"type":"ping"}', () => client._socket.end());
if (peer === "breaks the protocol") client.send("x".repeat(65));
await streamClosed;
const scraped = await registry.metrics();
process.stdout.write(scraped);
process.exit(0);
