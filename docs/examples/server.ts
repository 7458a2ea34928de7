import type { Server } from "node:http";
import { instrumentServer, type MetricRegistry } from "@sockscope/server";
import { wsConnection } from "@sockscope/server/ws";
import type { WebSocketServer } from "ws";

/**
 * Measures every connection of a chat server.
 *
 * @param registry of prom-client, the one that your /metrics serves
 * @returns closes every connection, because the server restarts
 */
export function instrumentChat(
  http: Server,
  sockets: WebSocketServer,
  registry: MetricRegistry,
): () => Promise<void> {
  const instrumentation = instrumentServer({
    app: "chat",
    registry,
    routes: ["/ws"],
    // A line for each connect, close and error; a pino logger will do, too.
    log: (line) => console.log(JSON.stringify(line)),
  });
  // Upgrades that are refused: the page sees nothing but 1006.
  instrumentation.watchHandshakes(http);
  sockets.on("connection", (socket) => {
    const connection = wsConnection(instrumentation, socket, { route: "/ws", authMethod: "cookie" });
    // `socket.send` counts as well.
    connection.send({ type: "chat_status", event: "typing", value: false, thread_id: "…" });
  });
  return () => {
    // Nobody new, and each client is told a moment of its own to come back.
    http.close();
    return instrumentation.drain();
  };
}
