import type { PageClock } from "../page/page-clock.ts";

/** What a round trip leaves unknown is half of it, so only short ones tell the server's time well enough, in ms. */
export const LONGEST_RTT_MS = 100;

/** How long a round trip speaks for the offset of the clocks, in ms. */
export const OFFSET_HOLDS_MS = 300_000;

interface RoundTrip {
  readonly at: number;
  readonly rttMs: number;
  /** The server's clock less the page's, in ms. */
  readonly offsetMs: number;
}

/** The server's clock, as far as round trips tell. */
export interface ServerClock {
  /** A round trip has ended now, and the server said what time it was there, in ms since the epoch. */
  learn(serverTime: number, rttMs: number): void;
  /** In ms since the epoch; NaN while it is not known well enough. */
  now(): number;
  /** Whether it was known, until the machine slept. */
  wasLostInSleep(): boolean;
}

/** Nothing known yet. The best round trip of the last minutes counts. */
export function createServerClock(clock: PageClock): ServerClock {
  /** Of the last minutes, each better than those after it. */
  let trips: readonly RoundTrip[] = [];

  function isRecent({ at }: RoundTrip): boolean {
    return clock.now() - at <= OFFSET_HOLDS_MS;
  }

  return {
    learn: (serverTime, rttMs) => {
      const at = clock.now();
      if (!(serverTime > 0)) return;
      const better = trips.filter(
        (trip) => trip.rttMs < rttMs && isRecent(trip) && !clock.sleptSince(trip.at),
      );
      trips = [...better, { at, rttMs, offsetMs: serverTime - (at - rttMs / 2) }];
    },
    now: () => {
      const best = trips.find(isRecent);
      return best && best.rttMs <= LONGEST_RTT_MS ? clock.now() + best.offsetMs : Number.NaN;
    },
    wasLostInSleep: () => trips.some(({ at }) => clock.sleptSince(at)),
  };
}
