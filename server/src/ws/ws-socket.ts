import type { ServerSocket } from "../connection/server-socket.ts";

/** The `readyState` of a socket that takes frames. */
const OPEN = 1;

/** The `readyState` of a socket whose close event is over. */
const CLOSED = 3;

/** The part of a `WebSocket` of the package `ws` that is used. */
export interface WsSocket {
  readonly readyState: number;
  readonly bufferedAmount: number;
  /** ws's own, as all that begins so; nothing that is public says it. */
  readonly _closeFrameReceived?: boolean;
  /** Of the peer's close frame; 1006 until one comes. */
  readonly _closeCode?: number;
  /** The stream under the socket; `closed` once it has had its own close event. */
  readonly _socket?: { readonly closed?: boolean } | null;
  prependListener(event: string, listener: never): unknown;
  on(event: string, listener: never): unknown;
  send(...args: never[]): void;
  close(code?: number, reason?: string | Buffer): void;
  terminate(): void;
  ping(...args: never[]): void;
}

/** The methods that a socket had before it was measured. */
interface PlainMethods {
  readonly send: (this: WsSocket, ...args: unknown[]) => void;
  readonly close: (this: WsSocket, ...args: unknown[]) => void;
  readonly terminate: (this: WsSocket) => void;
  readonly ping: (this: WsSocket, ...args: unknown[]) => void;
}

/** By what the methods belong to: the sockets of one class share them. */
const methodsOfClasses = new WeakMap<object, PlainMethods>();

/** A socket of `ws` by the methods that it had before it was measured: what goes through here is not seen twice. */
export class PlainWsSocket implements ServerSocket {
  readonly methods: PlainMethods;
  readonly #socket: WsSocket;

  constructor(socket: WsSocket) {
    this.#socket = socket;
    this.methods = plainMethods(socket);
  }

  send(text: string, written?: (error?: Error | null) => void): "told later" | undefined {
    this.methods.send.call(this.#socket, text, undefined, written);
    return written === undefined ? undefined : "told later";
  }

  close(code: number, reason: string): void {
    this.methods.close.call(this.#socket, code, reason);
  }

  terminate(): void {
    this.methods.terminate.call(this.#socket);
  }

  isOpen(): boolean {
    return this.#socket.readyState === OPEN;
  }

  /** After a listener of `message` threw, ws reads no more, and its socket is closing for ever. */
  isGone(): boolean {
    return this.#socket.readyState === CLOSED || this.#socket._socket?.closed === true;
  }

  closeCode(): number | undefined {
    return this.#socket._closeCode;
  }

  bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }
}

/** Of the socket's class where it has none of its own, else of the socket. */
function plainMethods(socket: WsSocket): PlainMethods {
  const hasOwn = ["send", "close", "terminate", "ping"].some((name) => Object.hasOwn(socket, name));
  const owner: WsSocket = hasOwn ? socket : Object.getPrototypeOf(socket);
  const known = methodsOfClasses.get(owner);
  if (known !== undefined) return known;
  const { send, close, terminate, ping } = owner as unknown as PlainMethods;
  const methods = { send, close, terminate, ping };
  methodsOfClasses.set(owner, methods);
  return methods;
}
