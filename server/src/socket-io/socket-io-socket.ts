import type { Catalog } from "@sockscope/catalog";
import type { ServerSocket } from "../connection/server-socket.ts";

type Listener = (...args: unknown[]) => void;

/** The WebSocket under a connection of engine.io, where its transport is one. */
export interface EngineWebSocket {
  readonly bufferedAmount: number;
  close(code: number, reason: string): void;
  terminate(): void;
  prependListener(event: "close" | "error", listener: (reason: never) => void): unknown;
}

/** The part of a connection of engine.io that is used. */
export interface EngineConnection {
  readonly transport: { readonly name: string };
  close(discard?: boolean): void;
  on(event: "upgrade", listener: () => void): unknown;
}

/** The part of a server's `Socket` of socket.io that is used. */
export interface SocketIoSocket {
  readonly connected: boolean;
  readonly conn: EngineConnection;
  send(text: string): unknown;
  disconnect(close?: boolean): unknown;
  prependAny(listener: Listener): unknown;
  prependAnyOutgoing(listener: Listener): unknown;
  prependListener(event: "disconnect" | "error", listener: Listener): unknown;
}

/** A socket of socket.io, closed so that its client does what the close code asks for. */
export class PlainSocketIoSocket implements ServerSocket {
  /** Whether what goes out now was sent through the connection, which counts it itself. */
  isSending = false;
  readonly #socket: SocketIoSocket;
  readonly #catalog: Catalog;

  constructor(socket: SocketIoSocket, catalog: Catalog) {
    this.#socket = socket;
    this.#catalog = catalog;
  }

  send(text: string): void {
    this.isSending = true;
    try {
      this.#socket.send(text);
    } finally {
      this.isSending = false;
    }
  }

  /**
   * A client of socket.io comes back when its transport closes, and stays away when the server disconnects it; a transport that
   * is a WebSocket carries the code besides.
   */
  close(code: number, reason: string): void {
    const webSocket = webSocketOf(this.#socket.conn);
    if (!this.#comesBack(code)) this.#socket.disconnect(true);
    else if (webSocket !== undefined) webSocket.close(code, reason);
    else this.#socket.conn.close();
  }

  terminate(): void {
    const webSocket = webSocketOf(this.#socket.conn);
    if (webSocket !== undefined) webSocket.terminate();
    else this.#socket.conn.close(true);
  }

  isOpen(): boolean {
    return this.#socket.connected;
  }

  isGone(): boolean {
    return !this.#socket.connected;
  }

  bufferedBytes(): number {
    return webSocketOf(this.#socket.conn)?.bufferedAmount ?? 0;
  }

  #comesBack(code: number): boolean {
    const label = this.#catalog.closeCodeLabel(code);
    return this.#catalog.closeCodes.find((known) => known.label === label)?.policy.action === "retry";
  }
}

/** The WebSocket of a connection; undefined while it polls. */
export function webSocketOf({ transport }: EngineConnection): EngineWebSocket | undefined {
  return transport.name === "websocket"
    ? (transport as unknown as { socket: EngineWebSocket }).socket
    : undefined;
}

/**
 * Hears the WebSocket of a connection, which tells more of its end than socket.io does: the close code, and errors of the
 * protocol. A connection that begins by polling gets its WebSocket later.
 */
export function hearWebSocket(
  connection: EngineConnection,
  onClose: (code: number) => void,
  onError: (error: Error) => void,
): void {
  const listen = (): void => {
    const webSocket = webSocketOf(connection);
    webSocket?.prependListener("close", onClose);
    webSocket?.prependListener("error", onError);
  };
  listen();
  connection.on("upgrade", listen);
}
