import type { TokenHost } from "./token-host.ts";

/** What was refreshed, and for how long it serves. */
export interface Lease {
  readonly token?: string | undefined;
  /** In ms from the request on; NaN when not known, which compares as neither over nor serving. */
  readonly lifetimeMs: number;
  /** When the request was made, by {@link TokenHost.now}. */
  readonly at: number;
  /** The same by {@link TokenHost.wallClock}, the one that all tabs share and that goes on while the machine sleeps. */
  readonly atWall: number;
}

/** What other tabs may know of a lease. */
export type LeaseNews = Partial<Pick<Lease, "lifetimeMs" | "atWall">>;

/**
 * A bearer token stays in its tab: others may be signed in as somebody else, and every script of the origin can listen. Each
 * tab asks for its own, in turn.
 */
export function newsOf({ token, lifetimeMs, atWall }: Lease): LeaseNews {
  return token === undefined ? { lifetimeMs, atWall } : {};
}

/** A lease of which another tab told. Where that is no such thing, its numbers are none, and no lease is older. */
export function leaseOf(news: unknown, host: TokenHost): Lease {
  const { lifetimeMs = NaN, atWall = NaN } = (news ?? {}) as LeaseNews;
  return { lifetimeMs, atWall, at: host.now() - Math.max(0, host.wallClock() - atWall) };
}

/** By whichever clock it is older, in ms: one stands still during sleep, the other may be set back. */
export function ageMs({ at, atWall }: Lease, host: TokenHost): number {
  return Math.max(host.now() - at, host.wallClock() - atWall);
}
