import { LONGEST_TIMER_MS } from "../host.ts";
import { mustBe } from "../must-be.ts";
import type { TokenAnswer } from "./token-answer.ts";
import type { TokenHost } from "./token-host.ts";

/** How long before its end a session or a token counts as over, in ms, unless told otherwise. */
export const DEFAULT_MARGIN_MS = 30_000;

/** How long a refresh may take, in ms, unless told otherwise. */
export const DEFAULT_TIMEOUT_MS = 10_000;

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
   * connections whose session ends. It keeps a session alive that the user may not use. What fails is tried
   * slower and slower, or as the endpoint's `Retry-After` says, every 10 minutes at the least. Default: false.
   */
  readonly refreshAhead?: boolean;
  /** Stores of one name refresh once for all tabs of the origin. Default: the URL. */
  readonly name?: string;
  /** The outside world. Default: the browser's globals. */
  readonly host?: TokenHost;
}

/** What an option must be, and how to say it. */
type Rule = readonly [isMet: (value: unknown) => unknown, advice: string];

const FUNCTION: Rule = [(value) => typeof value === "function", "a function"];
const TEXT: Rule = [(value) => typeof value === "string" && value, "a text, not empty"];

/** All but the outside world and what `fetch` itself refuses. */
const RULES: { readonly [Option in keyof TokenStoreOptions]?: Rule } = {
  url: [TEXT[0], "an endpoint, such as /session/renew"],
  method: TEXT,
  headers: [(value) => Object(value) === value, "headers, or a function that tells them"],
  body: FUNCTION,
  readAnswer: FUNCTION,
  marginMs: [(value) => typeof value === "number" && value >= 0, "a number from 0"],
  timeoutMs: [
    (value) => typeof value === "number" && value > 0 && value <= LONGEST_TIMER_MS,
    "a number above 0",
  ],
  refreshAhead: [(value) => typeof value === "boolean", "true or false"],
  name: TEXT,
};

/** @throws TypeError with the code `SOCKSCOPE_ERR_OPTIONS` when an option cannot work */
export function checkTokenOptions(options: Partial<TokenStoreOptions>): void {
  for (const [option, [isMet, advice]] of Object.entries(RULES)) {
    const value = options[option as keyof TokenStoreOptions];
    const isLeftOut = value === undefined && option !== "url";
    mustBe(`tokenStore: the option ${option}`, value, isLeftOut || isMet(value), advice);
  }
}

/** @throws TypeError with the code `SOCKSCOPE_ERR_OPTIONS` when it is no `AbortSignal` */
export function checkSignal(signal: Partial<AbortSignal>): void {
  const isMet = typeof signal.throwIfAborted === "function";
  mustBe("refreshAccessToken: the signal", signal, isMet, "an AbortSignal");
}
