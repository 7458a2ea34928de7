import type { ServerInstrumentation } from "@sockscope/server";
import { socketIoConnection, watchSocketIo } from "@sockscope/server/socket.io";
import type { Server } from "socket.io";

/** Measures every connection of socket.io: events, broadcasts to its rooms, and handshakes that `allowRequest` refuses. */
export function measureSocketIo(instrumentation: ServerInstrumentation, io: Server): void {
  watchSocketIo(instrumentation, io);
  io.on("connection", (socket) => {
    const connection = socketIoConnection(instrumentation, socket, { route: "/chat", authMethod: "cookie" });
    socket.on("sign_out", () => connection.close("authentication_expired"));
  });
}
