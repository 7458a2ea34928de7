import { tokenStore } from "@sockscope/sdk/token";

declare global {
  /** In a page with a session: asks as a socket does before a connect. */
  function refreshed(isForced?: boolean): Promise<string | undefined>;
  /** In a page with a session: what came of the last such call. */
  var outcome: Promise<string> | undefined;
}

const store = tokenStore({ url: "/session/renew" });
globalThis.refreshed = (isForced = false) => store.refreshAccessToken({ isForced });
