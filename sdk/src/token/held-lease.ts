import { ageMs, type Lease } from "./lease.ts";
import type { TokenHost } from "./token-host.ts";

/**
 * For how long a refresh that this tab has not used yet answers also whoever says that the token does not serve, in ms: when
 * the server turns all tabs away at once, the first one refreshes for all, and the others come a backoff later.
 */
export const NEWS_MS = 10_000;

/** The lease that a tab holds, if any. */
export interface HeldLease {
  /** Takes it, unless the one that is held is newer. */
  learn(lease: Lease): void;
  /**
   * Takes the one of another tab, which has no token, unless the one that is held is newer, or has a token: a cookie is no
   * substitute.
   *
   * @returns whether it took it
   */
  hear(lease: Lease): boolean;
  /** Holds none any more. */
  forget(): void;
  /** Whether nothing has to be refreshed. */
  serves(isForced: boolean): boolean;
  /** Its token; it is no news any more. */
  use(): string | undefined;
  /** For how long it serves, in ms, less up to a tenth; NaN where that is not known. */
  leftMs(random: number): number;
}

/** @param marginMs how long before its end a lease is over, of a short life half of it at the most */
export function holdLease(host: TokenHost, marginMs: number): HeldLease {
  let lease: Lease | undefined;
  let used: Lease | undefined;
  const servingMs = (lifetimeMs: number): number => lifetimeMs - Math.min(marginMs, lifetimeMs / 2);
  const learn = (newer: Lease): boolean => {
    const isNewer = newer.at >= (lease?.at ?? -Infinity);
    if (isNewer) lease = newer;
    return isNewer;
  };
  return {
    learn,
    hear: (newer) => lease?.token === undefined && learn(newer),
    forget: () => {
      lease = undefined;
    },
    serves: (isForced) => {
      if (!lease) return false;
      const age = ageMs(lease, host);
      const endMs = servingMs(lease.lifetimeMs);
      const isNews = lease !== used && age < NEWS_MS && !(age >= endMs);
      return isNews || (!isForced && age < endMs);
    },
    use: () => {
      used = lease;
      return lease?.token;
    },
    leftMs: (random) => (lease ? servingMs(lease.lifetimeMs) * (1 - random / 10) - ageMs(lease, host) : NaN),
  };
}
