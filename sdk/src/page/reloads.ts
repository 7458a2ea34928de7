import { type ConnectionState, PAGE_RELOADS, type ReloadedSocket } from "@sockscope/catalog/runtime";
import type { Host } from "../host.ts";
import type { Recorder } from "../record/recorder.ts";

const SOCKET_WAS: { readonly [State in ConnectionState]?: ReloadedSocket } = {
  reconnecting: "reconnecting",
  offline: "reconnecting",
  gave_up: "gave_up",
  rejected: "rejected",
};

/** Remembers what the socket was like when the page was left, for the case that this is a reload. */
export interface Reloads {
  /** Counts the reload that brought this page, if one did and it is known what the socket was like. */
  count(): void;
  leave(worst: ConnectionState | undefined): void;
}

/** @param app whose sockets they are */
export function createReloads(recorder: Recorder, host: Host, app: string): Reloads {
  const key = `sockscope:${app}:socket`;
  return {
    count: () => {
      const memory = host.tabMemory();
      const socket = memory?.getItem(key) as ReloadedSocket | null | undefined;
      memory?.removeItem(key);
      if (socket && host.isReload()) recorder.count(PAGE_RELOADS, { socket });
    },
    leave: (worst) => {
      host.tabMemory()?.setItem(key, (worst && SOCKET_WAS[worst]) ?? "healthy");
    },
  };
}
