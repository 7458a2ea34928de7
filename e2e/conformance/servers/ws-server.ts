import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { instrumentServer } from "@sockscope/server";
import { wsConnection } from "@sockscope/server/ws";
import { Registry } from "prom-client";
import { type WebSocket, WebSocketServer } from "ws";
import { CONFORMANCE, type ServerUnderTest, UNLISTED_ROUTE } from "../server-under-test.ts";
import { identityOf } from "./conformance-identity.ts";
import { EchoChat } from "./echo-chat.ts";

const PATHS: readonly string[] = [CONFORMANCE.route, UNLISTED_ROUTE];
const ENDED = "connection: close\r\ncontent-length: 0\r\n\r\n";

/** The status with which an upgrade is refused; undefined for one that is accepted. */
function refusalOf({ url = "/", headers }: IncomingMessage): string | undefined {
  if (!PATHS.includes(url.split("?")[0] ?? "")) return "404 Not Found";
  return headers.origin === CONFORMANCE.origin ? undefined : "403 Forbidden";
}

/** Ends what does not answer: a ping, and when it is time for the next, the end. */
function watchHeartbeat(socket: WebSocket, onSilence: () => void): void {
  let answered = true;
  socket.on("pong", () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) onSilence();
    answered = false;
    socket.ping();
  }, CONFORMANCE.pingTimeoutSeconds * 1000);
  socket.on("close", () => clearInterval(timer));
}

/** A small chat over the package `ws`, measured by `@sockscope/server`. */
export const WS: ServerUnderTest = {
  name: "ws on Node",
  async start() {
    const registry = new Registry();
    const instrumentation = instrumentServer({ app: CONFORMANCE.app, registry, routes: [CONFORMANCE.route] });
    const chat = new EchoChat(() => instrumentation.now());
    const webSockets = new WebSocketServer({ noServer: true, maxPayload: CONFORMANCE.mostFrameBytes });
    const server = createServer(async (_, response) => {
      response.setHeader("content-type", registry.contentType).end(await registry.metrics());
    });
    instrumentation.watchHandshakes(server);
    server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
      const refusal = refusalOf(request);
      if (refusal !== undefined) {
        stream.end(`HTTP/1.1 ${refusal}\r\n${ENDED}`);
        return;
      }
      webSockets.handleUpgrade(request, stream, head, (socket) => {
        const identity = identityOf(request.headers);
        const connection = wsConnection(instrumentation, socket, {
          route: request.url?.split("?")[0] ?? "",
          authMethod: "user" in identity ? "cookie" : "none",
        });
        if ("failure" in identity) {
          connection.close(identity.failure);
          return;
        }
        watchHeartbeat(socket, () => {
          connection.close("heartbeat_timeout");
          connection.terminate();
        });
        const visit = chat.join({
          connection,
          user: identity.user,
          closeRaw: (code) => socket.close(code),
        });
        socket.on("close", visit.leave);
        socket.on("message", (data, isBinary) => visit.receive(isBinary ? undefined : data.toString()));
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
      url: `ws://${address}`,
      metricsUrl: `http://${address}/metrics`,
      close: async () => {
        const closed = once(server, "close");
        server.close();
        for (const socket of webSockets.clients) socket.terminate();
        server.closeAllConnections();
        await closed;
      },
    };
  },
  cannot: [],
  exposesNot: [],
};
