import { type ConnectionState, PAGE_RELOADS, type ReloadedSocket } from "@sockscope/catalog/runtime";
import type { Host } from "../host.ts";
import type { Recorder } from "../record/recorder.ts";
import type { TabMemory } from "./tab-memory.ts";

/** The tab's memory is anybody's. */
const KNOWN: readonly unknown[] = [
  "healthy",
  "reconnecting",
  "gave_up",
  "rejected",
] satisfies ReloadedSocket[];

const SOCKET_WAS: { readonly [State in ConnectionState]?: ReloadedSocket } = {
  reconnecting: "reconnecting",
  gave_up: "gave_up",
  rejected: "rejected",
};

/** Remembers what the socket was like when the page was left, for the case that this is a reload. */
export interface Reloads {
  /**
   * Counts the reload that brought this page, if one did and it is known what the socket was like; once, as soon as the tab may
   * be asked.
   */
  count(): void;
  leave(worst: ConnectionState | undefined): void;
}

/** Nothing counted yet. */
export function createReloads(recorder: Recorder, host: Host, memory: TabMemory): Reloads {
  let isCounted = false;
  return {
    count: () => {
      if (isCounted || !memory.isAllowed()) return;
      isCounted = true;
      const socket = memory.recall("socket");
      memory.forget("socket");
      if (KNOWN.includes(socket) && host.isReload())
        recorder.count(PAGE_RELOADS, { socket: socket as ReloadedSocket });
    },
    leave: (worst) => memory.remember("socket", (worst && SOCKET_WAS[worst]) ?? "healthy"),
  };
}
