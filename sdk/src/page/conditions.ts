import { AFTERMATH_MS, type EpisodeAfter } from "@sockscope/catalog/runtime";
import type { Host } from "../host.ts";
import type { PageClock } from "./page-clock.ts";

/** Under what conditions a page wants its connections: with a network or without, seen or not. */
export interface Conditions {
  /** The browser told of a change, or may have forgotten to. */
  changed(): void;
  isOnline(): boolean;
  isVisible(): boolean;
  /** When the network came back the last time, in ms of the page's clock. */
  backAt(): number;
  /** When they became the last time so that a client may be expected to try, in ms of the page's clock. */
  couldTrySince(): number;
  /** Whether a connection that died at that moment died of the machine's sleep. */
  diedOfSleep(closedAt: number): boolean;
  /** What a connection died of that closed at that moment. */
  causeOfClose(closedAt: number): EpisodeAfter;
}

/** The conditions as they are now. */
export function createConditions(host: Host, clock: PageClock): Conditions {
  let isOnline = host.isOnline();
  let isVisible = host.isVisible();
  let back = -Infinity;
  let seen = -Infinity;

  function changed(): void {
    const wasOnline = isOnline;
    const wasVisible = isVisible;
    isOnline = host.isOnline();
    isVisible = host.isVisible();
    if (isOnline && !wasOnline) back = clock.now();
    if (isVisible && !wasVisible) seen = clock.now();
  }

  const diedOfSleep = (closedAt: number): boolean => clock.sleptSince(closedAt - AFTERMATH_MS);

  return {
    changed,
    isOnline: () => isOnline,
    isVisible: () => isVisible,
    backAt: () => back,
    couldTrySince: () => Math.max(back, seen),
    diedOfSleep,
    causeOfClose: (closedAt) =>
      isOnline && back < closedAt - AFTERMATH_MS && !diedOfSleep(closedAt) ? "close" : "offline",
  };
}
