import type { TokenAnswer } from "./token-answer.ts";
import type { TokenHost } from "./token-host.ts";

/** How long before its end a session or a token counts as over, in ms, unless told otherwise. */
export const DEFAULT_MARGIN_MS = 30_000;

/** How long a refresh may take, in ms, unless told otherwise. */
export const DEFAULT_TIMEOUT_MS = 10_000;

/** The longest delay that a browser's timer can have, in ms; with a longer one it fires at once. */
export const MAX_TIMER_MS = 2_147_483_647;

/** What `tokenStore` needs to know. */
export interface TokenStoreOptions {
  /** The endpoint that refreshes the session, such as `/session/renew`; relative to the page. Not empty. */
  readonly url: string;
  /** The method of the request. Default: `POST`. */
  readonly method?: string;
  /** Whether cookies go with the request: `include` for an endpoint of another origin. Default: `same-origin`. */
  readonly credentials?: RequestCredentials;
  /** Headers of the request, or what tells them at each, such as a CSRF token. Default: none. */
  readonly headers?: HeadersInit | (() => HeadersInit);
  /** Tells the body of each request. Default: none has one. */
  readonly body?: () => BodyInit;
  /**
   * Reads an answer with a status from 200 to 299. What it throws, the refresh fails with: a `SockscopeTokenError` as it is, such
   * as for a login page that was redirected to, anything else as the `cause` of one. Default: `readTokenAnswer`, which
   * understands 204, `expires_in` in seconds and `access_token`.
   */
  readonly readAnswer?: (response: Response) => TokenAnswer | Promise<TokenAnswer>;
  /**
   * How long before its end what was refreshed counts as over, in ms, from 0; of a short life, half of it at the most. Default:
   * {@link DEFAULT_MARGIN_MS}.
   */
  readonly marginMs?: number;
  /**
   * How long a refresh may take, in ms, above 0, the wait for another tab's included; then it fails. Default:
   * {@link DEFAULT_TIMEOUT_MS}.
   */
  readonly timeoutMs?: number;
  /**
   * Whether to refresh ahead of the end by itself, as long as the page is seen and has a network: for a server that closes
   * connections whose session ends. It keeps a session alive that the user may not use. Default: false.
   */
  readonly refreshAhead?: boolean;
  /** Stores of one name refresh once for all tabs of the origin. Default: the URL. */
  readonly name?: string;
  /** The outside world. Default: the browser's globals. */
  readonly host?: TokenHost;
}

/** @throws TypeError with the code `SOCKSCOPE_ERR_OPTIONS` when an option cannot work */
export function checkTokenOptions({ url, marginMs = 0, timeoutMs = 1 }: TokenStoreOptions): void {
  expect("url", url, typeof url === "string" && url, "an endpoint, such as /session/renew");
  expect("marginMs", marginMs, marginMs >= 0, "a number from 0");
  expect("timeoutMs", timeoutMs, timeoutMs > 0 && timeoutMs <= MAX_TIMER_MS, "a number above 0");
}

function expect(option: string, received: unknown, isMet: unknown, advice: string): void {
  if (isMet) return;
  const message = `tokenStore: the option ${option} is ${String(received)}; it must be ${advice}`;
  throw Object.assign(new TypeError(message), { code: "SOCKSCOPE_ERR_OPTIONS" });
}
