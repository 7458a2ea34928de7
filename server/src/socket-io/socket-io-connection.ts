import { NO_CLOSE_FRAME, NO_STATUS, NORMAL_CLOSE, SERVER_CLOSE_CODES } from "@sockscope/catalog";
import type { Connection } from "../connection/connection.ts";
import type { ConnectionOptions } from "../connection/connection-options.ts";
import type { ServerInstrumentation } from "../instrument-server.ts";
import { hearWebSocket, PlainSocketIoSocket, type SocketIoSocket, webSocketOf } from "./socket-io-socket.ts";

/** The event under which `send` of socket.io travels. */
const MESSAGE = "message";

/**
 * Measures a socket of socket.io, in the listener of `connection` and before anything is sent. An event counts by its own name;
 * a message that is sent with `send` counts by how its text begins. Broadcasts are seen, too.
 *
 * `connection.close` makes the client do what the close code asks for: to come back, or to stay away.
 */
export function socketIoConnection(
  instrumentation: ServerInstrumentation,
  socket: SocketIoSocket,
  options: ConnectionOptions,
): Connection {
  const known = connections.get(socket);
  if (known !== undefined) return known;
  const plain = new PlainSocketIoSocket(socket, instrumentation.catalog);
  const connection = instrumentation.accept(plain, options);
  connections.set(socket, connection);
  // Who left while the application was busy has disconnected already.
  if (!socket.connected) connection.closed();
  else {
    hearEvents(socket, plain, connection);
    hearItsEnd(socket, connection);
  }
  return connection;
}

const connections = new WeakMap<SocketIoSocket, Connection>();

function hearEvents(socket: SocketIoSocket, plain: PlainSocketIoSocket, connection: Connection): void {
  socket.prependAny((event, first) => {
    if (event === MESSAGE && typeof first === "string") connection.received(first);
    else connection.receivedAs(String(event));
  });
  socket.prependAnyOutgoing((event, first) => {
    if (plain.isSending) return;
    if (event === MESSAGE && typeof first === "string") connection.sent(first);
    else connection.sentAs(String(event));
  });
}

function hearItsEnd(socket: SocketIoSocket, connection: Connection): void {
  let closeCode: number | undefined;
  let isBroken = false;
  hearWebSocket(
    socket.conn,
    (code) => {
      closeCode = code;
    },
    (error) => connection.failed(error),
  );
  socket.prependListener("disconnect", (told) => {
    const reason = String(told);
    // A packet that cannot be read is an error, and then socket.io closes by force.
    if (isBroken && BY_FORCE.includes(reason)) connection.protocolBroken();
    tellWhoEndedIt(connection, reason);
    const seen = BY_THE_TRANSPORT.includes(reason) ? closeCode : undefined;
    connection.closed(seen ?? codeOf(reason, webSocketOf(socket.conn) === undefined));
  });
  socket.prependListener("error", (error) => {
    isBroken = true;
    connection.failed(error);
  });
}

/**
 * What socket.io did by itself, or for the application past the connection.
 *
 * See {@link https://socket.io/docs/v4/server-socket-instance/#disconnect | socket.io's reasons}.
 */
function tellWhoEndedIt(connection: Connection, reason: string): void {
  if (reason === "ping timeout") connection.heartbeatTimedOut();
  if (reason === "server shutting down") connection.closing(SERVER_CLOSE_CODES.going_away);
  if (BY_THE_SERVER.includes(reason)) connection.closing(NORMAL_CLOSE);
}

const BY_FORCE: readonly string[] = ["forced server close", "forced close", "parse error"];

const BY_THE_SERVER: readonly string[] = ["server namespace disconnect", ...BY_FORCE];

/** What the WebSocket's own close code has something to say of. */
const BY_THE_TRANSPORT: readonly string[] = ["transport close", "transport error"];

/** The code of a socket that has none to show: a packet of socket.io's own ended it, or it polls. */
function codeOf(reason: string, isPolling: boolean): number {
  if (reason === "client namespace disconnect") return NORMAL_CLOSE;
  return reason === "transport close" && isPolling ? NO_STATUS : NO_CLOSE_FRAME;
}
