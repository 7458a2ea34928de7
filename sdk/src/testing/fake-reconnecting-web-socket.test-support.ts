import { settled } from "./fake-host.test-support.ts";

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

/**
 * A client that opens sockets of its own and tells of them as one object, as reconnecting-websocket 4 and partysocket do: its
 * `readyState` goes back, its URL is empty until it connects, and of an attempt that failed it says 1000.
 *
 * See {@link https://github.com/pladaria/reconnecting-websocket/blob/v4.4.0/reconnecting-websocket.ts | its `_disconnect`}.
 */
export class FakeReconnectingWebSocket extends EventTarget {
  url = "";
  readyState: number = CONNECTING;
  /** Listeners that are added and not removed. */
  listeners = 0;

  send(_frame: unknown): void {}

  close(_code?: number): void {}

  /** The attempt begins that follows a backoff. */
  connects(): void {
    this.readyState = CONNECTING;
  }

  opens(): void {
    this.url = "wss://chat.example/ws?token=secret";
    this.readyState = OPEN;
    this.dispatchEvent(new Event("open"));
  }

  receives(frame: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data: frame }));
  }

  /** The attempt fails, and the object says what it made of that. Resolves when the task is over. */
  fails(): Promise<void> {
    const over = this.ends(1000);
    this.dispatchEvent(new Event("error"));
    return over;
  }

  /** Resolves when the task is over. */
  ends(code?: number): Promise<void> {
    this.readyState = CLOSED;
    this.dispatchEvent(Object.assign(new Event("close"), code === undefined ? {} : { code }));
    return settled();
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
