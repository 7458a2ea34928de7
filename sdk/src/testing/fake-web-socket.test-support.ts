const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

/** A browser's `WebSocket` without a network: the test plays the server and the browser. */
export class FakeWebSocket extends EventTarget {
  readonly CONNECTING = CONNECTING;
  readonly OPEN = OPEN;
  readonly CLOSING = CLOSING;
  readonly CLOSED = CLOSED;
  readonly [Symbol.toStringTag] = "WebSocket";
  readonly url: string = "wss://chat.example/ws?token=secret";
  readyState: number = CONNECTING;
  /** What went over the wire. */
  readonly sent: unknown[] = [];
  /** Listeners that are added and not removed. */
  listeners = 0;

  send(frame: unknown): void {
    if (this.readyState === CONNECTING) throw new DOMException("Still connecting", "InvalidStateError");
    if (this.readyState === OPEN) this.sent.push(frame);
  }

  close(code?: number): void {
    if (code !== undefined && code !== 1000 && (code < 3000 || code > 4999))
      throw new DOMException("Code not allowed", "InvalidAccessError");
    if (this.readyState < CLOSING) this.readyState = CLOSING;
  }

  /** The handshake succeeds. */
  open(): void {
    this.readyState = OPEN;
    this.dispatchEvent(new Event("open"));
  }

  receive(frame: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data: frame }));
  }

  /** The connection ends, or never came about. */
  end(code: number): void {
    this.readyState = CLOSED;
    this.dispatchEvent(new Event("error"));
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }

  override addEventListener(...args: Parameters<EventTarget["addEventListener"]>): void {
    this.listeners++;
    super.addEventListener(...args);
  }

  override removeEventListener(...args: Parameters<EventTarget["removeEventListener"]>): void {
    this.listeners--;
    super.removeEventListener(...args);
  }
}

/** A fake as the type that the SDK takes. */
export function fakeWebSocket(): FakeWebSocket & WebSocket {
  return new FakeWebSocket() as FakeWebSocket & WebSocket;
}

// What the browser's own sockets are: each is one connection.
Object.assign(globalThis, { WebSocket: FakeWebSocket });
