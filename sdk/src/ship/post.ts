import type { TelemetryLoss } from "@sockscope/catalog/runtime";
import type { Host } from "../host.ts";
import type { Problem } from "../problems.ts";

/** What became of a batch that was sent. */
export interface Answer {
  /** `retry`: the same batch may be accepted later. The losses: it never will be. */
  readonly outcome: "accepted" | "retry" | Extract<TelemetryLoss, "refused" | "expired">;
  /** Whether there was an answer at all. */
  readonly wasAnswered: boolean;
  /** How long the collector wants to be left alone, in ms; 0 when it did not say. */
  readonly retryAfterMs: number;
  /** What a developer should know of it. */
  readonly problem?: Problem;
}

/** How long to wait for an answer, in ms. A request that nobody answers must not hold up the batches behind it. */
export const ANSWER_TIMEOUT_MS = 10_000;

/** What a collector's codes begin with. */
const CODE = /^SOCKSCOPE_ERR_\w{1,40}$/;

/**
 * Sends a body to the collector. Every failure to get an answer is an answer too: retry.
 *
 * @param keepalive whether the request outlives the page. Such requests share a budget with the page's own
 */
export async function post(url: string, body: string, keepalive: boolean, host: Host): Promise<Answer> {
  const abort = new AbortController();
  let timer: unknown;
  try {
    // A race and not only the signal: whoever replaced `fetch` may have forgotten about signals.
    return await Promise.race([
      // A string travels as `text/plain;charset=UTF-8`, without a preflight.
      ask(url, { method: "POST", body, credentials: "omit", keepalive, signal: abort.signal }, host),
      new Promise<never>((_, reject) => {
        timer = host.setTimeout(() => reject(abort.abort()), ANSWER_TIMEOUT_MS);
      }),
    ]);
  } catch {
    return { outcome: "retry", wasAnswered: false, retryAfterMs: 0 };
  } finally {
    host.clearTimeout(timer);
  }
}

async function ask(url: string, init: RequestInit, host: Host): Promise<Answer> {
  const answer = await host.fetch(url, init);
  const { status } = answer;
  if (status === 204) return { outcome: "accepted", wasAnswered: true, retryAfterMs: 0 };
  const retryAfterMs = Math.max(0, Number(answer.headers.get("retry-after")) * 1000 || 0);
  const { code, message } = refusalIn(await answer.text());
  return {
    outcome: outcomeOf(status, code),
    wasAnswered: true,
    retryAfterMs,
    ...problem(url, status, code, message),
  };
}

/** What a collector says, if the answer is its own. */
function refusalIn(text: string): Partial<Problem> {
  try {
    const refusal = JSON.parse(text);
    return CODE.test(refusal.code) ? refusal : {};
  } catch {
    return {};
  }
}

/**
 * What an answer says about the batch, as the catalog's `REFUSALS` decide it (a test compares the two; the table itself is
 * too long for a page). Only the collector's own word gives a batch up: a proxy's 404, a login page or a captive portal's 200
 * say nothing about it.
 *
 * @param code the collector's, if the answer is its own
 */
export function outcomeOf(status: number, code: string | undefined): Answer["outcome"] {
  if (!code) return "retry";
  if (status === 410) return "expired";
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? "refused" : "retry";
}

function problem(
  url: string,
  status: number,
  code: Problem["code"] | undefined,
  message: string | undefined,
): Pick<Answer, "problem"> {
  if (code && outcomeOf(status, code) !== "refused") return {};
  const collector = new URL(url).host;
  return {
    problem: code
      ? { code, message: `${collector} answers ${status}: ${message}.` }
      : {
          code: "SOCKSCOPE_ERR_ANSWER",
          message: `${collector} answers ${status}, and not as a collector does: is it its address, and does everything between let it through?`,
        },
  };
}
