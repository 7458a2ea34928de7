import { EventEmitter } from "node:events";
import type { WsSocket } from "../ws/ws-socket.ts";

const [OPEN, CLOSING, CLOSED] = [1, 2, 3] as const;

/** A socket of `ws` without a network: it records what is sent, and its peer is played by the test. */
export class FakeSocket extends EventEmitter implements WsSocket {
  readyState: number = OPEN;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  readonly closeFrames: { code: number | undefined; reason: string }[] = [];

  /** What `send` throws, as a socket does that is still connecting. */
  throwsWhenSent: Error | undefined;

  send(text: string, _options?: unknown, written?: (error?: Error) => void): void {
    if (this.throwsWhenSent !== undefined) throw this.throwsWhenSent;
    this.sent.push(text);
    written?.();
  }

  close(code?: number, reason?: string | Buffer): void {
    this.readyState = CLOSING;
    this.closeFrames.push({ code, reason: String(reason ?? "") });
  }

  _closeFrameReceived = false;

  /** The peer's close frame comes, which ws answers with the socket's own method. */
  receiveClose(code: number): void {
    this._closeFrameReceived = true;
    this.close(code);
    this.finish(code);
  }

  terminate(): void {
    this.finish(1006);
  }

  ping(): void {}

  /** The peer sends a text frame. */
  receive(text: string): void {
    this.emit("message", Buffer.from(text), false);
  }

  /** The close event comes. */
  finish(code: number): void {
    this.readyState = CLOSED;
    this.emit("close", code, Buffer.alloc(0));
  }
}
