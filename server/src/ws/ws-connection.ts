import { NO_CLOSE_FRAME } from "@sockscope/catalog";
import type { Connection } from "../connection/connection.ts";
import type { ConnectionOptions } from "../connection/connection-options.ts";
import type { FrameData } from "../connection/server-socket.ts";
import type { ServerInstrumentation } from "../instrument-server.ts";
import { PlainWsSocket, type WsSocket } from "./ws-socket.ts";

const MEASURED = Symbol("measured by Sockscope");

/** What a measured socket carries with it, so that one function serves all sockets: a closure each would be memory. */
interface Measured {
  readonly connection: Connection;
  readonly plain: PlainWsSocket;
  hearsPongs: boolean;
  /** Whether the next that is sent goes on with a message that was begun. */
  isInsideMessage: boolean;
}

type MeasuredSocket = WsSocket & { [MEASURED]: Measured };

/**
 * Measures a socket of `ws`, right after its upgrade was accepted and before anything is sent. What is sent through the socket
 * itself, or ends it, is seen too. A socket that is measured already keeps its connection.
 */
export function wsConnection(
  instrumentation: ServerInstrumentation,
  socket: WsSocket,
  options: ConnectionOptions,
): Connection {
  const known = (socket as Partial<MeasuredSocket>)[MEASURED];
  if (known !== undefined) return known.connection;
  const plain = new PlainWsSocket(socket);
  const connection = instrumentation.accept(plain, options);
  Object.assign(socket, { [MEASURED]: { connection, plain, hearsPongs: false, isInsideMessage: false } });
  // The peer may be gone before the application got here; then no close event follows.
  if (plain.isGone()) connection.closed(NO_CLOSE_FRAME);
  else {
    Object.assign(socket, SEEN_METHODS);
    hear(socket);
  }
  return connection;
}

/** Before all others, so that one that throws keeps nothing from us. */
function hear(socket: WsSocket): void {
  socket.prependListener("message", onMessage as never);
  socket.prependListener("close", onClose as never);
  // Stays for good: an error event without a listener ends the process.
  socket.prependListener("error", onError as never);
}

function onMessage(this: MeasuredSocket, data: FrameData, isBinary: boolean): void {
  this[MEASURED].connection.received(data, isBinary);
}

function onClose(this: MeasuredSocket, code: number): void {
  this[MEASURED].connection.closed(code);
}

function onError(this: MeasuredSocket, error: unknown): void {
  this[MEASURED].connection.failed(error);
}

function onPong(this: MeasuredSocket): void {
  this[MEASURED].connection.ponged();
}

/** The socket's own methods, each of which tells the connection before it does its work. */
const SEEN_METHODS = {
  send(this: MeasuredSocket, data: FrameData, options?: unknown, written?: unknown): void {
    const measured = this[MEASURED];
    const { connection, plain, isInsideMessage } = measured;
    measured.isInsideMessage = isFragment(options);
    if (!isInsideMessage) tellSent(connection, data, options);
    plain.methods.send.call(this, data, options, written);
  },
  close(this: MeasuredSocket, code?: number, text?: string | Buffer): void {
    const { connection, plain } = this[MEASURED];
    // ws calls this method itself to answer a close frame of the peer, and that is the peer's close.
    if (this._closeFrameReceived !== true && plain.isOpen()) connection.closing(code, String(text ?? ""));
    try {
      plain.methods.close.call(this, code, text);
    } catch (error) {
      connection.notClosing();
      throw error;
    }
  },
  terminate(this: MeasuredSocket): void {
    const { connection, plain } = this[MEASURED];
    connection.terminating();
    plain.methods.terminate.call(this);
  },
  ping(this: MeasuredSocket, ...args: unknown[]): void {
    const measured = this[MEASURED];
    measured.connection.pinged();
    // Only for whom it matters: many servers never ping.
    if (!measured.hearsPongs) this.on("pong", onPong as never);
    measured.hearsPongs = true;
    measured.plain.methods.ping.apply(this, args);
  },
};

function tellSent(connection: Connection, data: FrameData, options: unknown): void {
  if (connection.isOpen) connection.sent(data, isSentAsBinary(data, options));
  else connection.notSent("closed");
}

function isFragment(options: unknown): boolean {
  return typeof options === "object" && options !== null && "fin" in options && options.fin === false;
}

/** As `ws` decides it: text unless it is bytes, or the options say otherwise. */
function isSentAsBinary(data: unknown, options: unknown): boolean {
  const chosen =
    typeof options === "object" && options !== null && "binary" in options ? options.binary : undefined;
  return typeof chosen === "boolean" ? chosen : typeof data !== "string";
}
