/** How the collector answers a request that it does not accept, and what an SDK does about it. */
export interface Refusal {
  readonly status: number;
  /** `retry`: the same batch may be accepted later. `drop`: it never will be. */
  readonly client: "retry" | "drop";
  readonly meaning: string;
}

/** The `code` of a refusal. */
export type RefusalCode =
  | "SOCKSCOPE_ERR_PATH"
  | "SOCKSCOPE_ERR_METHOD"
  | "SOCKSCOPE_ERR_APP"
  | "SOCKSCOPE_ERR_KEY"
  | "SOCKSCOPE_ERR_ORIGIN"
  | "SOCKSCOPE_ERR_CONTENT_ENCODING"
  | "SOCKSCOPE_ERR_CONTENT_TYPE"
  | "SOCKSCOPE_ERR_BODY_TOO_LARGE"
  | "SOCKSCOPE_ERR_BODY_TIMEOUT"
  | "SOCKSCOPE_ERR_HTTP"
  | "SOCKSCOPE_ERR_TEXT"
  | "SOCKSCOPE_ERR_VERSION"
  | "SOCKSCOPE_ERR_BATCH"
  | "SOCKSCOPE_ERR_TOO_OLD"
  | "SOCKSCOPE_ERR_SESSIONS_FULL"
  | "SOCKSCOPE_ERR_DRAINING"
  | "SOCKSCOPE_ERR_INTERNAL";

/**
 * Every reason for which the collector refuses a request. The key is the `code` of the body
 * `{ "code": ..., "message": ... }` and the value of the label `code`; the message adds the value received.
 */
export const REFUSALS: Readonly<Record<RefusalCode, Refusal>> = {
  SOCKSCOPE_ERR_PATH: {
    status: 404,
    client: "drop",
    meaning:
      "Nothing is served at this path. Batches go to `/v1/batches/<session>`, a session being 32 lower-case hexadecimal digits.",
  },
  SOCKSCOPE_ERR_METHOD: { status: 405, client: "drop", meaning: "The method is not POST." },
  SOCKSCOPE_ERR_APP: { status: 403, client: "drop", meaning: "The app is not configured on this collector." },
  SOCKSCOPE_ERR_KEY: {
    status: 401,
    client: "drop",
    meaning: "The app has a key and the request's is another one.",
  },
  SOCKSCOPE_ERR_ORIGIN: {
    status: 403,
    client: "drop",
    meaning: "The `Origin` header is missing or is not one of the app's origins.",
  },
  SOCKSCOPE_ERR_CONTENT_ENCODING: { status: 415, client: "drop", meaning: "The body is compressed." },
  SOCKSCOPE_ERR_CONTENT_TYPE: { status: 415, client: "drop", meaning: "The body is not `text/plain`." },
  SOCKSCOPE_ERR_BODY_TOO_LARGE: {
    status: 413,
    client: "drop",
    meaning: "The body is longer than a batch may be.",
  },
  SOCKSCOPE_ERR_BODY_TIMEOUT: {
    status: 408,
    client: "retry",
    meaning: "The request did not arrive in time.",
  },
  SOCKSCOPE_ERR_HTTP: {
    status: 400,
    client: "drop",
    meaning: "The request is not well-formed HTTP, or expects something unusual.",
  },
  SOCKSCOPE_ERR_TEXT: { status: 400, client: "drop", meaning: "The body is not text in UTF-8." },
  SOCKSCOPE_ERR_VERSION: {
    status: 400,
    client: "drop",
    meaning: "The protocol version in the path is not one that this collector speaks.",
  },
  SOCKSCOPE_ERR_BATCH: {
    status: 400,
    client: "drop",
    meaning: "A line of the batch is malformed, a number is out of its bounds, or a series appears twice.",
  },
  SOCKSCOPE_ERR_TOO_OLD: {
    status: 410,
    client: "drop",
    meaning: "The batch is too old, or its number too far behind, to tell whether it was counted already.",
  },
  SOCKSCOPE_ERR_SESSIONS_FULL: {
    status: 503,
    client: "retry",
    meaning: "The session table is full: live sessions are served, new ones are not.",
  },
  SOCKSCOPE_ERR_DRAINING: { status: 503, client: "retry", meaning: "The collector is shutting down." },
  SOCKSCOPE_ERR_INTERNAL: { status: 500, client: "retry", meaning: "A fault of the collector's own." },
};
