import type { TokenRequest } from "../socket/token-request.ts";
import { abortable } from "./abortable.ts";
import { refreshAhead } from "./ahead.ts";
import { askEndpoint } from "./ask-endpoint.ts";
import { type HeldLease, holdLease } from "./held-lease.ts";
import { leaseOf, newsOf } from "./lease.ts";
import { shareWork } from "./shared-work.ts";
import { joinTabs, type Tabs } from "./tabs.ts";
import { SockscopeTokenError } from "./token-error.ts";
import { browserTokenHost, type TokenHost } from "./token-host.ts";
import {
  checkSignal,
  checkTokenOptions,
  DEFAULT_MARGIN_MS,
  DEFAULT_TIMEOUT_MS,
  type TokenStoreOptions,
} from "./token-options.ts";

/** Refreshes a session, when that is needed. Its functions need no `this`. */
export interface TokenStore {
  /**
   * Resolves when the session serves: at once, or after a refresh that everybody shares who waits for it, and every tab. It
   * resolves to the bearer token, or to undefined where the session is a cookie. It rejects with a `SockscopeTokenError` when the
   * refresh fails, and the next call tries anew; and with the signal's reason when that is aborted. A refresh for which nobody
   * waits any more is aborted. Pass it to a socket as it is; call it with `isForced` when somebody else has signed in.
   */
  readonly refreshAccessToken: (request?: Partial<TokenRequest>) => Promise<string | undefined>;
  /** Refreshes nothing by itself any more, and neither tells other tabs nor hears of them. What is asked for still works. */
  readonly stop: () => void;
}

/**
 * Keeps a session fresh for sockets: refreshes it before a connect where it is over, about to be, or of unknown life, and once
 * for all tabs of the origin that wake together. The session is a cookie, which no script has to be able to read, or a bearer
 * token, which stays in its tab: then tabs refresh in turn, each for itself. Throws a `TypeError` with the code
 * `SOCKSCOPE_ERR_OPTIONS` when an option cannot work.
 */
export function tokenStore(options: TokenStoreOptions): TokenStore {
  checkTokenOptions(options ?? {});
  const { url, name = url, marginMs = DEFAULT_MARGIN_MS, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const host = options.host ?? browserTokenHost();
  const held = holdLease(host, marginMs);
  const tabs = joinTabs(host, `sockscope:token:${name}`, (news) => {
    if (held.hear(leaseOf(news, host))) ahead?.learned();
  });
  const share = shareWork(host, timeoutMs, (isForced, signal) =>
    tabs.inTurn(signal, async () => {
      if (held.serves(isForced)) return;
      await refresh({ host, options, held, tabs }, signal);
      ahead?.learned();
    }),
  );
  const never = new AbortController().signal;
  const ahead = options.refreshAhead ? refreshAhead(host, held.leftMs, () => share(true, never)) : undefined;

  return {
    refreshAccessToken: async (request) => {
      const isForced = Boolean(request?.isForced);
      const signal = request?.signal ?? never;
      checkSignal(signal);
      signal.throwIfAborted();
      if (!held.serves(isForced)) await share(isForced, signal);
      return held.use();
    },
    stop: () => {
      ahead?.stop();
      tabs.leave();
    },
  };
}

interface Refreshing {
  readonly host: TokenHost;
  readonly options: TokenStoreOptions;
  readonly held: HeldLease;
  readonly tabs: Tabs;
}

/** Whatever becomes of it, the other tabs are told, so that none waits in vain. */
async function refresh({ host, options, held, tabs }: Refreshing, signal: AbortSignal): Promise<void> {
  let news = {};
  try {
    // An answer that comes after all is learned by nobody.
    const lease = await abortable(askEndpoint(host, options, signal), signal);
    news = newsOf(lease);
    held.learn(lease);
  } catch (cause) {
    const isOurs = cause instanceof SockscopeTokenError;
    const error = isOurs ? cause : new SockscopeTokenError(`${options.url} failed`, { cause });
    if (error.isSignedOut) held.forget();
    throw error;
  } finally {
    tabs.tell(news);
  }
}
