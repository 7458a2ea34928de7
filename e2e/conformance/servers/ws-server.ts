import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import {
  SERVER_CONNECTION_AGE,
  SERVER_FRAMES_REFUSED,
  SERVER_HANDSHAKES_REJECTED,
  SERVER_MESSAGE_DELIVERY,
  SERVER_RECONNECT_ADVICE,
  SERVER_REHYDRATION_DURATION,
  SERVER_REHYDRATIONS,
  SERVER_SEND_BUFFER,
  SERVER_SEND_ERRORS,
} from "@sockscope/catalog";
import { instrumentServer } from "@sockscope/server";
import { Registry } from "prom-client";
import { type WebSocket, WebSocketServer } from "ws";
import { CONFORMANCE, type ServerUnderTest, UNLISTED_ROUTE } from "../server-under-test.ts";
import { WsChat } from "./ws-chat.ts";

const PATHS: readonly string[] = [CONFORMANCE.route, UNLISTED_ROUTE];
const ENDED = "connection: close\r\ncontent-length: 0\r\n\r\n";

/** Who the cookie says that a request is of, or the reason to close for. */
type Identity = { readonly user: string } | { readonly failure: string };

function identityOf({ headers }: IncomingMessage): Identity {
  const token = /(?:^|; )session=([^;]*)/.exec(headers.cookie ?? "")?.[1];
  const [head = "", body = "", signature = ""] = token?.split(".") ?? [];
  // The only algorithm, whatever the token says of itself.
  const wanted = createHmac("sha256", CONFORMANCE.secret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    return { failure: "authentication_required" };
  const { sub, exp } = JSON.parse(Buffer.from(body, "base64url").toString()) as { sub: string; exp: number };
  return exp * 1000 > Date.now() ? { user: sub } : { failure: "authentication_expired" };
}

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
    const chat = new WsChat();
    const webSockets = new WebSocketServer({ noServer: true, maxPayload: CONFORMANCE.mostFrameBytes });
    const server = createServer(async (_, response) => {
      response.setHeader("content-type", registry.contentType).end(await registry.metrics());
    });
    server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
      const refusal = refusalOf(request);
      if (refusal !== undefined) {
        stream.end(`HTTP/1.1 ${refusal}\r\n${ENDED}`);
        return;
      }
      webSockets.handleUpgrade(request, stream, head, (socket) => {
        const identity = identityOf(request);
        const connection = instrumentation.connection(socket, {
          route: request.url?.split("?")[0] ?? "",
          authMethod: "user" in identity ? "cookie" : "none",
        });
        if ("failure" in identity) {
          connection.close(identity.failure);
          return;
        }
        watchHeartbeat(socket, () => {
          connection.close("heartbeat_timeout");
          socket.terminate();
        });
        chat.join(socket, connection, identity.user);
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
  cannot: [
    ...[
      "closes for restart, and says when to come back",
      "closes for overload, and says when to come back",
    ].map((step) => ({ step, because: "to come: a close with advice" })),
    ...[
      ["4401", "authentication_required"],
      ["1000", "normal"],
      ["1001", "going_away"],
      ["1011", "internal_error"],
      ["1012", "restart"],
      ["1013", "overload"],
      ["4998", "other"],
    ].map(([code, reason]) => ({
      step: `counts a close with ${code} and no reason as ${reason}`,
      because: "to come: a close that goes to the socket directly",
    })),
  ],
  exposesNot: [
    SERVER_CONNECTION_AGE,
    SERVER_FRAMES_REFUSED,
    SERVER_HANDSHAKES_REJECTED,
    SERVER_MESSAGE_DELIVERY,
    SERVER_RECONNECT_ADVICE,
    SERVER_REHYDRATIONS,
    SERVER_REHYDRATION_DURATION,
    SERVER_SEND_BUFFER,
    SERVER_SEND_ERRORS,
  ].map((metric) => ({ metric, because: "to come" })),
};
