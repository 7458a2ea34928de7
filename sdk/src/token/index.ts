/** Refreshes a session before a socket connects, once for all tabs. */
export { readTokenAnswer, type TokenAnswer } from "./token-answer.ts";
export { isTokenError, SockscopeTokenError, type TokenErrorDetails } from "./token-error.ts";
export type { TokenChannel, TokenHost, TokenLocks } from "./token-host.ts";
export { DEFAULT_MARGIN_MS, DEFAULT_TIMEOUT_MS, type TokenStoreOptions } from "./token-options.ts";
export { type TokenStore, tokenStore } from "./token-store.ts";
