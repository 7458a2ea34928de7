import type { TokenHost } from "./token-host.ts";

/** What was refreshed, and for how long it serves. */
export interface Lease {
  readonly token?: string | undefined;
  /** In ms from the request on; NaN when not known, which compares as neither over nor serving. */
  readonly lifetimeMs: number;
  /** When the request was made, by {@link TokenHost.now}. */
  readonly at: number;
  /** The same by {@link TokenHost.wallClock}, the one that goes on while the machine sleeps. */
  readonly atWall: number;
}

/** By whichever clock it is older, in ms: one stands still during sleep, the other may be set back. */
export function ageMs({ at, atWall }: Lease, host: TokenHost): number {
  return Math.max(host.now() - at, host.wallClock() - atWall);
}

/** How long it counts as serving, in ms from the request on; NaN when not known. */
export function servingMs({ lifetimeMs }: Lease, marginMs: number): number {
  return lifetimeMs - Math.min(marginMs, lifetimeMs / 2);
}
