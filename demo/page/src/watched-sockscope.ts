import type { Sockscope } from "@sockscope/sdk";
import type { Measurements } from "./measurements.ts";
import { watchSocket } from "./watch-socket.ts";

/** What the chat is measured with, and what the page's fault switches need. */
export interface WatchedSockscope extends Pick<Sockscope, "observe" | "noticed"> {
  /** Ends the connection as a page would that has no more use for it. */
  drop(): void;
}

/** The SDK, with every socket that it observes listed. */
export function watchedSockscope(
  sockscope: Pick<Sockscope, "observe" | "noticed">,
  measurements: Measurements,
): WatchedSockscope {
  let latest: WebSocket | undefined;
  return {
    observe: (socket, options) => {
      const observation = sockscope.observe(socket, options);
      latest = socket as WebSocket;
      watchSocket(latest, options?.trigger ?? "unspecified", measurements);
      return observation;
    },
    noticed: (what) => sockscope.noticed(what),
    drop: () => latest?.close(1000),
  };
}
