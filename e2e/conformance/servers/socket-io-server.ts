import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { instrumentServer } from "@sockscope/server";
import { socketIoConnection, watchSocketIo } from "@sockscope/server/socket.io";
import { Registry } from "prom-client";
import { Server, type Socket } from "socket.io";
import { CONFORMANCE, type ServerUnderTest } from "../server-under-test.ts";
import { SocketIoPeers } from "../socket-io-peers.ts";
import { identityOf } from "./conformance-identity.ts";
import { EchoChat } from "./echo-chat.ts";

/** The frames, and what engine.io puts around them. */
const MOST_PACKET_BYTES = CONFORMANCE.mostFrameBytes + 16;

const NO_RAW_CODES = "an application of socket.io disconnects, and names no code";

function isAllowed({ headers }: IncomingMessage): boolean {
  return headers.origin === CONFORMANCE.origin;
}

/** A small chat over socket.io, measured by `@sockscope/server`. */
export const SOCKET_IO: ServerUnderTest = {
  name: "socket.io on Node",
  peers: (url) => new SocketIoPeers(url),
  async start() {
    const registry = new Registry();
    const instrumentation = instrumentServer({ app: CONFORMANCE.app, registry, routes: [CONFORMANCE.route] });
    const chat = new EchoChat(() => instrumentation.now());
    const server = createServer(async (_, response) => {
      response.setHeader("content-type", registry.contentType).end(await registry.metrics());
    });
    const sockets = new Server(server, {
      path: CONFORMANCE.route,
      addTrailingSlash: false,
      serveClient: false,
      maxHttpBufferSize: MOST_PACKET_BYTES,
      pingInterval: CONFORMANCE.pingTimeoutSeconds * 1000,
      pingTimeout: CONFORMANCE.pingTimeoutSeconds * 1000,
      allowRequest: (request, decide) => decide(null, isAllowed(request)),
    });
    watchSocketIo(instrumentation, sockets);
    sockets.on("connection", (socket: Socket) => {
      const identity = identityOf(socket.handshake.headers);
      const connection = socketIoConnection(instrumentation, socket, {
        route: socket.handshake.url.split("?")[0] ?? "",
        authMethod: "user" in identity ? "cookie" : "none",
      });
      if ("failure" in identity) {
        connection.close(identity.failure);
        return;
      }
      const visit = chat.join({ connection, user: identity.user, closeRaw: () => socket.disconnect(true) });
      socket.on("disconnect", visit.leave);
      socket.on("message", (data) => visit.receive(typeof data === "string" ? data : undefined));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
      url: origin,
      metricsUrl: `${origin}/metrics`,
      close: async () => {
        await sockets.close();
      },
    };
  },
  cannot: [
    ...[
      ["4401", "authentication_required"],
      ["1001", "going_away"],
      ["1011", "internal_error"],
      ["1012", "restart"],
      ["1013", "overload"],
      ["4998", "other"],
    ].map(([code, reason]) => ({
      step: `counts a close with ${code} and no reason as ${reason}`,
      because: NO_RAW_CODES,
    })),
    {
      step: "refuses a handshake where there is no socket",
      because: "socket.io leaves other paths to the HTTP server",
    },
  ],
  exposesNot: [],
};
