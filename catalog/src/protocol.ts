/**
 * The wire between the SDK and the collector. PROTOCOL.md is normative; these are its words as types. The examples there
 * are the files in `catalog/fixtures/`, which both sides test against.
 */

export { REFUSALS, type Refusal, type RefusalCode } from "./refusals.ts";

/** The version of the wire format, the batch's `version`. */
export const PROTOCOL_VERSION = 1;

/** A batch's body in UTF-8 bytes. Several must fit the 64 KiB that a page may have in flight when it goes away. */
export const MAX_BATCH_BYTES = 16_384;

/**
 * A batch older than this is refused. Sessions are remembered longer, so a batch that is young enough to be accepted is
 * always young enough to be recognised.
 */
export const MAX_BATCH_AGE_MS = 1_800_000;

/** How many batch numbers, up to the newest and with it, a session's deduplication window holds. */
export const DEDUPLICATION_WINDOW = 64;

/** The largest increment of one counter or bucket in one batch. */
export const MAX_DELTA = 1_000_000;

/** A session: 128 random bits, chosen once a page load. */
export const SESSION_PATTERN: RegExp = /^[0-9a-f]{32}$/;

/** An SDK with nothing to report sends an empty batch before this time has passed, so that its session stays visible. */
export const KEEP_ALIVE_MS = 60_000;

/** Of which page a batch is. */
export interface BatchSender {
  readonly app: string;
  /** The app's public key, where it has one. */
  readonly key?: string | undefined;
  /** What the page was built from. One that was not announced counts as `other`. */
  readonly release?: string | undefined;
}

/** Where a session's batches go, relative to the collector's base URL. The query says what is known before the body is read. */
export function batchPath(session: string, { app, key, release }: BatchSender): string {
  // JSON leaves out what is undefined.
  const query = new URLSearchParams(JSON.parse(JSON.stringify({ app, key, release })));
  return `/v1/batches/${session}?${query}`;
}

/** What a counter gained since the batch before. */
export interface CounterDelta {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** A whole number from 1 to {@link MAX_DELTA}. */
  readonly delta: number;
}

/** What a histogram gained since the batch before. */
export interface HistogramDelta {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The id of the bucket layout that `counts` follows. */
  readonly layout: string;
  /** One whole number per bucket, not cumulative; the last is `+Inf`. */
  readonly counts: readonly number[];
  /** The sum of the observations, in the metric's unit. */
  readonly sum: number;
}

/** The body of `POST /v1/batches/<session>`. */
export interface Batch {
  readonly version: typeof PROTOCOL_VERSION;
  /** Counts the session's batches from 1. The same number always carries the same deltas. */
  readonly seq: number;
  /** How long ago the batch was closed, in ms: a difference of one clock, so that no two clocks need to agree. */
  readonly closed_ms_ago: number;
  /** Only in the batch that a page sends as it goes away; a batch with a higher number says that it came back. */
  readonly leaving?: true;
  readonly counters: readonly CounterDelta[];
  readonly histograms: readonly HistogramDelta[];
}

/** The body of every answer but 204. */
export interface RefusalBody {
  readonly code: string;
  readonly message: string;
}
