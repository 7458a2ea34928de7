import { EventEmitter } from "node:events";
import { CLOSED, OPEN, type ServerSocket } from "../server-socket.ts";

/** A socket without a network: it records what is sent, and its peer is played by the test. */
export class FakeSocket extends EventEmitter implements ServerSocket {
  readyState: number = OPEN;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  readonly closeFrames: { code: number; reason: string }[] = [];

  send(text: string): void {
    this.sent.push(text);
  }

  close(code: number, reason: string): void {
    this.readyState = 2;
    this.closeFrames.push({ code, reason });
  }

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
