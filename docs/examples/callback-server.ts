import type { Connection, ServerInstrumentation } from "@sockscope/server";

/** The part of a socket of uWebSockets.js that is used. */
interface CallbackSocket {
  getUserData(): { connection?: Connection };
  send(text: string): number;
  end(code: number, reason: string): void;
  close(): void;
  getBufferedAmount(): number;
}

/** What `send` returns of a frame that it drops. */
const DROPPED = 2;

/** Measures a server that calls back: pass what this returns to `app.ws("/ws", ...)`. */
export function measuredBehavior(instrumentation: ServerInstrumentation) {
  return {
    open(socket: CallbackSocket): void {
      socket.getUserData().connection = instrumentation.accept(
        {
          send: (text) => (socket.send(text) === DROPPED ? "dropped" : undefined),
          close: (code, reason) => socket.end(code, reason),
          terminate: () => socket.close(),
          bufferedBytes: () => socket.getBufferedAmount(),
        },
        { route: "/ws", authMethod: "cookie" },
      );
    },
    message(socket: CallbackSocket, message: ArrayBuffer, isBinary: boolean): void {
      socket.getUserData().connection?.received(message, isBinary);
    },
    close(socket: CallbackSocket, code: number): void {
      socket.getUserData().connection?.closed(code);
    },
  };
}
