/** What a server that calls back is told to do. */
export interface CallbackBehavior<Data> {
  open?(socket: CallbackSocket<Data>): void;
  message?(socket: CallbackSocket<Data>, message: ArrayBuffer, isBinary: boolean): void;
  drain?(socket: CallbackSocket<Data>): void;
  close?(socket: CallbackSocket<Data>, code: number, message: ArrayBuffer): void;
}

/** How much a socket takes before a send waits, and before it is dropped. */
const [BACKPRESSURE_BYTES, DROPPED_BYTES] = [64, 256];

/** A socket that calls back as uWebSockets.js does: no events, a number from `send`, and it throws once it is closed. */
export class CallbackSocket<Data> {
  readonly arrived: string[] = [];
  ended: { readonly code: number; readonly reason: string } | undefined;
  isReading = true;
  #buffered = 0;
  #isClosed = false;
  readonly #data: Data;
  readonly #behavior: CallbackBehavior<Data>;

  constructor(behavior: CallbackBehavior<Data>, data: Data) {
    this.#behavior = behavior;
    this.#data = data;
    behavior.open?.(this);
  }

  getUserData(): Data {
    this.#requireOpen();
    return this.#data;
  }

  /** 1: sent. 0: it waits. 2: it was dropped. */
  send(message: string): number {
    this.#requireOpen();
    if (this.#buffered > DROPPED_BYTES) return 2;
    this.arrived.push(message);
    if (!this.isReading) this.#buffered += message.length;
    return this.#buffered > BACKPRESSURE_BYTES ? 0 : 1;
  }

  getBufferedAmount(): number {
    this.#requireOpen();
    return this.#buffered;
  }

  end(code: number, reason: string): void {
    this.#requireOpen();
    this.ended = { code, reason };
    this.#finish(code);
  }

  close(): void {
    this.#requireOpen();
    this.#finish(1006);
  }

  /** The peer sends. */
  receive(message: string | Uint8Array, isBinary = false): void {
    const bytes = Uint8Array.from(Buffer.from(message as string));
    this.#behavior.message?.(this, bytes.buffer as ArrayBuffer, isBinary);
  }

  /** The peer closes, or is gone. */
  leave(code: number): void {
    this.#finish(code);
  }

  /** While its end is told, a socket still has its data. */
  #finish(code: number): void {
    this.#behavior.close?.(this, code, new ArrayBuffer(0));
    this.#isClosed = true;
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new Error("Invalid access of closed uWS.WebSocket/SSLWebSocket.");
  }
}
