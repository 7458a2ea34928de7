import type { TelemetryLoss } from "@sockscope/catalog/runtime";
import type { Environment } from "../environment.ts";

/** What became of a batch that was sent. */
export interface Answer {
  /** `retry`: the same batch may be accepted later. The losses: it never will be. */
  readonly outcome: "accepted" | "retry" | Extract<TelemetryLoss, "refused" | "expired">;
  /** How long the collector wants to be left alone, in ms; 0 when it did not say. */
  readonly retryAfterMs: number;
}

/** How long to wait for an answer, in ms. A request that nobody answers must not hold up the batches behind it. */
export const ANSWER_TIMEOUT_MS = 10_000;

/** Sends a body to the collector. Every failure to get an answer is an answer too: retry. */
export async function post(url: string, body: string, environment: Environment): Promise<Answer> {
  const abort = new AbortController();
  let timer: unknown;
  try {
    // A race and not only the signal: whoever replaced `fetch` may have forgotten about signals.
    const { status, headers } = await Promise.race([
      // A string travels as `text/plain;charset=UTF-8`, without a preflight.
      environment.fetch(url, {
        method: "POST",
        body,
        credentials: "omit",
        keepalive: true,
        signal: abort.signal,
      }),
      new Promise<never>((_, reject) => {
        timer = environment.setTimeout(() => reject(abort.abort()), ANSWER_TIMEOUT_MS);
      }),
    ]);
    const retryAfterMs = Math.max(0, Number(headers.get("retry-after")) * 1000 || 0);
    return { outcome: outcomeOf(status), retryAfterMs };
  } catch {
    return { outcome: "retry", retryAfterMs: 0 };
  } finally {
    environment.clearTimeout(timer);
  }
}

/**
 * What the status says about the batch, as the catalog's `REFUSALS` decide it (a test compares the two; the table itself is
 * too long for a page). A status that the protocol does not know, such as a captive portal's 200, is no acknowledgement.
 */
export function outcomeOf(status: number): Answer["outcome"] {
  if (status === 204) return "accepted";
  if (status === 410) return "expired";
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? "refused" : "retry";
}
