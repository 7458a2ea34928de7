import type { Lease } from "./lease.ts";
import { readTokenAnswer } from "./token-answer.ts";
import { SockscopeTokenError } from "./token-error.ts";
import type { TokenHost } from "./token-host.ts";
import type { TokenStoreOptions } from "./token-options.ts";

/**
 * Asks the endpoint to refresh.
 *
 * @throws SockscopeTokenError when it refuses; whatever `fetch` or an option that is a function throws
 */
export async function askEndpoint(
  host: TokenHost,
  options: TokenStoreOptions,
  signal: AbortSignal,
): Promise<Lease> {
  const { url, method = "POST", credentials = "same-origin", headers = {}, body, readAnswer } = options;
  // The life of what comes has begun when it arrives, so it is counted from before.
  const at = host.now();
  const atWall = host.wallClock();
  const response = await host.fetch(url, {
    method,
    credentials,
    headers: typeof headers === "function" ? headers() : headers,
    body: body?.() ?? null,
    cache: "no-store",
    signal,
  });
  const { ok, status } = response;
  if (!ok) {
    const retryAfterMs = retryAfterMsOf(response, host);
    throw new SockscopeTokenError(`${url} answered ${status}`, { status, retryAfterMs });
  }
  const { token, expiresInMs = NaN } = await (readAnswer ?? readTokenAnswer)(response);
  return { token, lifetimeMs: expiresInMs, at, atWall };
}

/** What `Retry-After` says in seconds, or as a date; 0 where it says nothing, or what has passed. */
function retryAfterMsOf({ headers }: Response, host: TokenHost): number {
  const text = headers.get("retry-after") ?? "";
  const ms = Number(text) * 1000;
  return Math.max(0, (Number.isNaN(ms) ? Date.parse(text) - host.wallClock() : ms) || 0);
}
