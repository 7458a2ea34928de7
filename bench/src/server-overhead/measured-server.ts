import type { AddressInfo } from "node:net";
import { instrumentServer } from "@sockscope/server";
import { wsConnection } from "@sockscope/server/ws";
import { Registry } from "prom-client";
import { type WebSocket, WebSocketServer } from "ws";
import { ASSISTANT_FRAME } from "./frames.ts";
import type { Command, Report } from "./messages.ts";

/*
 * A chat server that does nothing with what comes and sends what is serialised already, as a process of its own: what it costs is
 * what `ws` costs, and we.
 */

/** Frames that are sent at a time: few enough for the network to keep up, since a queue that grows is not what is measured. */
const BURST = 20;

type Send = (text: string) => unknown;

function sendBare(socket: WebSocket): Send {
  return (text) => socket.send(text);
}

function sendInstrumented(): (socket: WebSocket) => Send {
  const instrumentation = instrumentServer({ app: "chat", registry: new Registry(), routes: ["/ws"] });
  return (socket) => {
    const connection = wsConnection(instrumentation, socket, { route: "/ws", authMethod: "cookie" });
    return (text) => connection.send(text);
  };
}

const sendTo = process.argv[2] === "instrumented" ? sendInstrumented() : sendBare;
const sends: Send[] = [];
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
let received = 0;
let reported = 0;

server.on("connection", (socket) => {
  sends.push(sendTo(socket));
  socket.on("message", () => {
    received += 1;
  });
});
server.on("listening", () => report({ kind: "listening", port: (server.address() as AddressInfo).port }));

process.on("message", (command: Command) => {
  if (typeof command === "object") send(command.send);
  else report(usage(command === "settle"));
});

// The bench waits for what it sent; a counter that is asked for often would be measured with it.
setInterval(() => {
  if (received !== reported) report({ kind: "received", all: received });
  reported = received;
}, 20);

function send(left: number): void {
  for (let at = 0; at < Math.min(left, BURST); at++) for (const write of sends) write(ASSISTANT_FRAME);
  if (left > BURST) setImmediate(send, left - BURST);
}

function usage(settled: boolean): Report {
  if (settled) for (let at = 0; at < 4; at++) globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed, external, rss } = process.memoryUsage();
  return {
    kind: "usage",
    cpuUs: user + system,
    connections: sends.length,
    heapBytes: heapUsed + external,
    rssBytes: rss,
  };
}

function report(message: Report): void {
  process.send?.(message);
}
