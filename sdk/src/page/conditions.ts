import { AFTERMATH_MS, type EpisodeAfter, WAKE_AFTERMATH_MS } from "@sockscope/catalog/runtime";
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
  /** Whether what was last alive at one moment, and died at another, died of the machine's sleep. */
  diedOfSleep(aliveAt: number, diedAt: number): boolean;
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

  function diedOfSleep(aliveAt: number, diedAt: number): boolean {
    const isAfterSleep = clock.sleptSince(aliveAt - AFTERMATH_MS);
    const wasSilent = clock.wokeAt() >= aliveAt;
    return isAfterSleep && diedAt - clock.wokeAt() < (wasSilent ? WAKE_AFTERMATH_MS : AFTERMATH_MS);
  }

  return {
    changed,
    isOnline: () => isOnline,
    isVisible: () => isVisible,
    backAt: () => back,
    couldTrySince: () => Math.max(back, seen),
    diedOfSleep,
    causeOfClose: (closedAt) =>
      isOnline && back < closedAt - AFTERMATH_MS && !diedOfSleep(closedAt, closedAt) ? "close" : "offline",
  };
}
