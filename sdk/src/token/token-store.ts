import type { TokenRequest } from "../socket/token-request.ts";
import { abortable } from "./abortable.ts";
import { refreshAhead } from "./ahead.ts";
import { askEndpoint } from "./ask-endpoint.ts";
import { ageMs, type Lease, servingMs } from "./lease.ts";
import { shareWork } from "./shared-work.ts";
import { joinTabs } from "./tabs.ts";
import { SockscopeTokenError } from "./token-error.ts";
import { browserTokenHost } from "./token-host.ts";
import {
  checkTokenOptions,
  DEFAULT_MARGIN_MS,
  DEFAULT_TIMEOUT_MS,
  type TokenStoreOptions,
} from "./token-options.ts";

/**
 * For how long a refresh that this tab has not used yet answers also whoever says that the token does not serve, in ms: when
 * the server turns all tabs away at once, the first one refreshes for all, and the others come a backoff later.
 */
export const NEWS_MS = 10_000;

/** Refreshes a session, when that is needed. Its functions need no `this`. */
export interface TokenStore {
  /**
   * Resolves when the session serves: at once, or after a refresh that everybody shares who waits for it, and all tabs. To be
   * passed to a socket as it is; an application that has signed in anew calls it with `isForced: true`.
   *
   * Resolves to the bearer token; to undefined where the session is a cookie. Rejects with a `SockscopeTokenError` when the
   * refresh fails, the next call tries anew; and with the signal's reason when that is aborted. A refresh is aborted when nobody
   * waits for it any more.
   */
  refreshAccessToken(request?: Partial<TokenRequest>): Promise<string | undefined>;
  /** Refreshes nothing by itself any more, and neither tells other tabs nor hears of them. */
  stop(): void;
}

/**
 * Keeps a session fresh for sockets: refreshes it before a connect where it is over, about to be, or of unknown life, and once
 * for all tabs of the origin that wake together. The session may be a cookie that no script can read.
 *
 * @throws TypeError with the code `SOCKSCOPE_ERR_OPTIONS` when an option cannot work
 */
export function tokenStore(options: TokenStoreOptions): TokenStore {
  checkTokenOptions(options);
  const { url, name = url, marginMs = DEFAULT_MARGIN_MS, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const host = options.host ?? browserTokenHost();
  let lease: Lease | undefined;
  let handedOut: Lease | undefined;

  function learn(newer: Lease): void {
    // Also false where another tab's news are no numbers.
    if (newer.at >= (lease?.at ?? -Infinity)) lease = newer;
    ahead?.arm();
  }

  function serves(isForced: boolean): boolean {
    if (!lease) return false;
    const age = ageMs(lease, host);
    const end = servingMs(lease, marginMs);
    const isNews = lease !== handedOut && age < NEWS_MS && !(age >= end);
    return isNews || (!isForced && age < end);
  }

  const tabs = joinTabs(host, `sockscope:token:${name}`, (news) => {
    const { atWall, lifetimeMs } = (news ?? {}) as Lease;
    learn({ atWall, lifetimeMs, at: host.now() - Math.max(0, host.wallClock() - atWall) });
  });

  async function refresh(signal: AbortSignal): Promise<void> {
    let news: Partial<Lease> = {};
    try {
      const fresh = await abortable(askEndpoint(host, options, signal), signal);
      // A bearer token stays in its tab: others may be signed in as somebody else, and every script of the origin can listen.
      if (fresh.token === undefined) news = fresh;
      learn(fresh);
    } catch (cause) {
      const error =
        cause instanceof SockscopeTokenError ? cause : new SockscopeTokenError(`${url} failed`, { cause });
      if (error.isSignedOut) lease = undefined;
      throw error;
    } finally {
      tabs.tell(news);
    }
  }

  const share = shareWork(host, timeoutMs, (isForced, signal) =>
    tabs.inTurn(signal, async () => {
      if (!serves(isForced)) await refresh(signal);
    }),
  );

  const never = new AbortController().signal;
  const ahead = options.refreshAhead
    ? refreshAhead(
        host,
        (random) => (lease ? servingMs(lease, marginMs) * (1 - random / 10) - ageMs(lease, host) : NaN),
        () => share(true, never),
      )
    : undefined;

  return {
    refreshAccessToken: async ({ signal = never, isForced = false } = {}) => {
      signal.throwIfAborted();
      if (!serves(isForced)) await share(isForced, signal);
      handedOut = lease;
      return lease?.token;
    },
    stop: () => {
      ahead?.stop();
      tabs.leave();
    },
  };
}
