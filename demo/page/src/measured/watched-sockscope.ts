import type { SocketObserver } from "@sockscope/sdk/socket";
import type { Measurements } from "./measurements.ts";
import { watchSocket } from "./watch-socket.ts";
import type { WatchedAttempts } from "./watched-attempts.ts";

/** What the chat is measured with, and what the page's fault switches need. */
export interface WatchedSockscope extends SocketObserver {
  /** Ends the connection as a page would that has no more use for it. */
  drop(): void;
}

/** The SDK, with every socket that it observes listed. */
export function watchedSockscope(
  sockscope: SocketObserver,
  attempts: WatchedAttempts,
  measurements: Measurements,
): WatchedSockscope {
  let latest: WebSocket | undefined;
  return {
    observe: (socket, options) => {
      const observation = sockscope.observe(socket, options);
      latest = socket as WebSocket;
      watchSocket(latest, attempts, measurements);
      return observation;
    },
    attempted: (options) => sockscope.attempted(options),
    noticed: (what) => sockscope.noticed(what),
    drop: () => latest?.close(1000),
  };
}
