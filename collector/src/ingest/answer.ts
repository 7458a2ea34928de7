import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { REFUSALS, type RefusalBody, type RefusalCode } from "@sockscope/catalog/protocol";
import type { IngestApp } from "./ingest-app.ts";
import type { RequestRefused } from "./request-refused.ts";

/** Seconds after which a refused client may try again: soon when another process takes over, later when sessions must expire. */
const RETRY_AFTER_SECONDS: Partial<Readonly<Record<RefusalCode, number>>> = {
  SOCKSCOPE_ERR_DRAINING: 5,
  SOCKSCOPE_ERR_SESSIONS_FULL: 60,
};

/** What lets a page of the app's origins read the answer; nothing for any other page. */
export function crossOriginHeaders(
  app: IngestApp | undefined,
  origin: string | undefined,
): OutgoingHttpHeaders {
  if (app === undefined || origin === undefined || !app.origins.has(origin)) return {};
  return {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers": "Retry-After",
    Vary: "Origin",
  };
}

/** Answers that the batch is counted. */
export function answerCounted(response: ServerResponse, headers: OutgoingHttpHeaders): void {
  response.writeHead(204, headers).end();
}

/** Answers with a refusal. A connection whose body was not read is of no further use. */
export function answerRefused(
  response: ServerResponse,
  headers: OutgoingHttpHeaders,
  { code, message }: RequestRefused,
): void {
  const body = refusalText(code, message);
  const retryAfter = RETRY_AFTER_SECONDS[code];
  response
    .writeHead(REFUSALS[code].status, {
      ...headers,
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(body),
      ...(code === "SOCKSCOPE_ERR_METHOD" && { Allow: "POST" }),
      ...(retryAfter !== undefined && { "Retry-After": retryAfter }),
      ...(response.req.complete ? {} : { Connection: "close" }),
    })
    .end(body);
}

/** The body of a refusal. */
export function refusalText(code: RefusalCode, message: string): string {
  return JSON.stringify({ code, message } satisfies RefusalBody);
}
