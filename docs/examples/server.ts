import { type Connection, instrumentServer } from "@sockscope/server";
import type { Registry } from "prom-client";
import type { WebSocketServer } from "ws";

/**
 * Measures every connection of a chat server.
 *
 * @param registry the one that your /metrics serves
 * @returns closes every connection, because the server restarts
 */
export function instrumentChat(server: WebSocketServer, registry: Registry): () => void {
  const instrumentation = instrumentServer({
    app: "chat",
    registry,
    routes: ["/ws"],
    // A line for each connect, close and error.
    log: (line) => console.log(JSON.stringify(line)),
  });
  const connections = new Set<Connection>();
  server.on("connection", (socket) => {
    const connection = instrumentation.connection(socket, { route: "/ws", authMethod: "cookie" });
    connections.add(connection);
    socket.on("close", () => connections.delete(connection));
    // Sends and counts; `socket.send` would not count.
    connection.send({ type: "chat_status", event: "typing", value: false, thread_id: "…" });
  });
  return () => {
    // A reason; the close code follows from it.
    for (const connection of connections) connection.close("restart");
  };
}
