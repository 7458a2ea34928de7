import type { EventEmitter } from "node:events";
import { frameEvent } from "@sockscope/catalog";
import type { WebSocket } from "ws";

/** A frame whose reserved bits are set, although no extension was agreed on. */
const BROKEN_FRAME = Uint8Array.of(0xf1, 0x80, 0, 0, 0, 0);

/** Sends what is no frame. */
export function breakTheProtocol(socket: WebSocket): void {
  (socket as unknown as { _socket: { write(bytes: Uint8Array): void } })._socket.write(BROKEN_FRAME);
}

/** Has a socket answer the server's close with one of its own, as if that had been on its way already. */
export function crossTheClose(socket: WebSocket, code: number): void {
  const { _receiver: receiver } = socket as unknown as { _receiver: EventEmitter };
  // Instead of the listener that echoes the code.
  receiver.removeAllListeners("conclude");
  receiver.once("conclude", () => socket.close(code));
}

/** The frames that a peer heard and nobody asked for yet. */
export class Heard {
  readonly #unheard: string[] = [];
  #onFrame: () => void = () => {};

  /** A frame came. */
  frame(text: string): void {
    this.#unheard.push(frameEvent(text));
    this.#onFrame();
  }

  /**
   * Waits for a frame of this event, and forgets what came before.
   *
   * @param ended resolves with how the connection ended, which is too early then
   */
  async next(event: string, ended: Promise<string>): Promise<void> {
    for (;;) {
      const position = this.#unheard.indexOf(event);
      if (position >= 0) {
        this.#unheard.splice(0, position + 1);
        return;
      }
      await Promise.race([
        new Promise<void>((resolve) => {
          this.#onFrame = resolve;
        }),
        ended.then((how) => Promise.reject(new Error(`${how} before "${event}" came`))),
      ]);
    }
  }
}
