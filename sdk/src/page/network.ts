import type { EpisodeAfter } from "@sockscope/catalog/runtime";
import type { Host } from "../host.ts";
import type { PageClock } from "./page-clock.ts";

/** A connection that dies this long after the network was gone, in ms, dies of that: TCP is slow to notice. */
export const OFFLINE_AFTERMATH_MS = 30_000;

/** Whether the page has a network, as the browser tells. */
export interface Network {
  /** The browser told of a change, or may have forgotten to. */
  changed(): void;
  isOnline(): boolean;
  /** When it came back the last time, in ms of the page's clock. */
  backAt(): number;
  /** What a connection died of that closed at that moment. */
  causeOfClose(closedAt: number): EpisodeAfter;
}

/** The network as it is now. */
export function createNetwork(host: Host, clock: PageClock): Network {
  let isOnline = host.isOnline();
  let back = -Infinity;

  function changed(): void {
    const wasOnline = isOnline;
    isOnline = host.isOnline();
    if (isOnline && !wasOnline) back = clock.now();
  }

  return {
    changed,
    isOnline: () => isOnline,
    backAt: () => back,
    causeOfClose: (closedAt) => (isOnline && back < closedAt - OFFLINE_AFTERMATH_MS ? "close" : "offline"),
  };
}
