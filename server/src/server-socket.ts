/** What a `ws` message event carries with the default `binaryType`, and what other values of it make of it. */
export type MessageData = Buffer | ArrayBuffer | readonly Buffer[];

/** The events of a socket that are measured, by name. */
export interface ServerSocketEvents {
  readonly message: (data: MessageData, isBinary: boolean) => void;
  readonly close: (code: number) => void;
  readonly error: (error: Error) => void;
}

/** The part of a WebSocket that a connection needs. The `WebSocket` of the package `ws` fits. */
export interface ServerSocket {
  /** As in browsers: 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: number;
  /** Bytes handed to the socket and not yet to the network. */
  readonly bufferedAmount: number;
  on<Name extends keyof ServerSocketEvents>(event: Name, listener: ServerSocketEvents[Name]): unknown;
  off<Name extends keyof ServerSocketEvents>(event: Name, listener: ServerSocketEvents[Name]): unknown;
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** The `readyState` of a socket that takes frames. */
export const OPEN = 1;

/** The `readyState` of a socket whose close event is over. */
export const CLOSED = 3;
