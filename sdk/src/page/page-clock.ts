import { KEEP_ALIVE_MS } from "@sockscope/catalog/protocol";
import type { Host } from "../host.ts";

/** Timers of a hidden page run once a minute; one that is later than this did not run because nothing did, in ms. */
export const LONGEST_NAP_MS: number = 2.5 * KEEP_ALIVE_MS;

/** By how much the wall clock may go ahead of the other, in ms, before the machine must have slept. */
export const CLOCK_TOLERANCE_MS = 5_000;

/** The time in which the page was awake. */
export interface PageClock {
  /** In ms; time in which the page was known to be frozen or asleep is left out. */
  now(): number;
  /** Compares the clocks, as far as anything may have happened since the last time. */
  tick(): void;
  /**
   * Whether the machine or the page slept since that moment of {@link PageClock.now}: what spans it is not believed. Compares
   * the clocks: what comes first after a sleep may be an event, and no timer.
   */
  sleptSince(moment: number): boolean;
  /** When the last sleep ended; -Infinity before the first. */
  wokeAt(): number;
  /** The page is frozen from now on, or about to be: no time passes until {@link PageClock.thaw}. */
  freeze(): void;
  /** The page runs again, if it was frozen. */
  thaw(): void;
}

/**
 * A clock that notices sleep: either both clocks jump while no timer ran, or the monotonic one stood still and the wall clock
 * went on. Whoever sets the wall clock ahead looks like a sleeper; then a few measurements are not believed.
 */
export function createPageClock(host: Host): PageClock {
  let last = host.now();
  let tickedAt = last;
  let tickedAtWall = host.wallClock();
  let asleepMs = 0;
  let wokeAt = -Infinity;
  let frozenAt: number | undefined;

  function now(): number {
    return frozenAt ?? running();
  }

  function running(): number {
    const moment = host.now();
    if (moment - last > LONGEST_NAP_MS) {
      asleepMs += moment - last;
      wokeAt = moment - asleepMs;
    }
    last = moment;
    return moment - asleepMs;
  }

  function tick(): void {
    const moment = now();
    const wall = host.wallClock();
    if (wall - tickedAtWall - (last - tickedAt) > CLOCK_TOLERANCE_MS) wokeAt = moment;
    tickedAt = last;
    tickedAtWall = wall;
  }

  function thaw(): void {
    if (frozenAt === undefined) return;
    // Looked at first: a long absence is noticed by the look itself.
    const moment = running();
    asleepMs += moment - frozenAt;
    wokeAt = frozenAt;
    frozenAt = undefined;
  }

  function sleptSince(moment: number): boolean {
    tick();
    return wokeAt >= moment;
  }

  return {
    now,
    tick,
    sleptSince,
    wokeAt: () => wokeAt,
    freeze: () => {
      frozenAt = now();
    },
    thaw,
  };
}
