import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { REFUSALS, type RefusalCode } from "@sockscope/catalog/protocol";
import { READABLE_BY_ALL } from "./cross-origin.ts";
import { discardBody } from "./discard-body.ts";
import type { IngestApp } from "./ingest-app.ts";
import { refusalText } from "./refusal-text.ts";
import type { RequestRefused } from "./request-refused.ts";

/** Seconds after which a refused client may try again: soon when another process takes over, later when sessions must expire. */
const RETRY_AFTER_SECONDS: Partial<Readonly<Record<RefusalCode, number>>> = {
  SOCKSCOPE_ERR_DRAINING: 5,
  SOCKSCOPE_ERR_SESSIONS_FULL: 60,
};

/** A request under way, and how it can be answered. */
export interface PendingRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The app that it names, if it is configured. */
  readonly app: IngestApp | undefined;
  /** What lets the page read that its batch was counted; undefined when its origin is not one of the app's. */
  readonly crossOrigin: OutgoingHttpHeaders | undefined;
}

/** Answers that the batch is counted. */
export function answerCounted({ response, crossOrigin }: PendingRequest): void {
  response.writeHead(204, crossOrigin).end();
}

/**
 * Answers with a refusal, which every page may read. A connection whose body was not read is of no further use, but it stays for a moment: cut at
 * once, the client would find it reset, often before it has read the answer.
 *
 * @param discardMs how long
 */
export function answerRefused(
  { request, response }: PendingRequest,
  refused: RequestRefused,
  discardMs: number,
): void {
  const { code } = refused;
  const body = refusalText(refused);
  const retryAfter = RETRY_AFTER_SECONDS[code];
  const { complete } = request;
  response.writeHead(REFUSALS[code].status, {
    ...READABLE_BY_ALL,
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    ...(code === "SOCKSCOPE_ERR_METHOD" && { Allow: "POST" }),
    ...(retryAfter !== undefined && { "Retry-After": retryAfter }),
    ...(complete ? {} : { Connection: "close" }),
  });
  if (complete) {
    response.end(body);
    return;
  }
  response.write(body);
  // Once the answer has gone, node no longer tells a request that its connection did, too.
  discardBody(request, discardMs, () => response.end(() => request.destroy()));
}
