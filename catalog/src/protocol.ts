/**
 * The wire between the SDK and the collector. PROTOCOL.md is normative; these are its words, and how a batch is printed.
 * The examples there are the files in `catalog/fixtures/`, which both sides test against.
 */

export { REFUSALS, type Refusal, type RefusalCode } from "./refusals.ts";

/** The version of the wire format, with which the path of a batch begins. */
export const PROTOCOL_VERSION = 1;

/** A batch's body in UTF-8 bytes. Several must fit the 64 KiB that a page may have in flight when it goes away. */
export const MAX_BATCH_BYTES = 16_384;

/**
 * The lines of a batch after its first. The shortest of the product's own metrics reach `MAX_BATCH_BYTES` sooner (a test
 * holds it), so only many short lines of something else are ever too many.
 */
export const MAX_BATCH_LINES = 640;

/**
 * A batch older than this is refused. Sessions are remembered longer, so a batch that is young enough to be accepted is
 * always young enough to be recognised.
 */
export const MAX_BATCH_AGE_MS = 1_800_000;

/** How many batch numbers, up to the newest and with it, a session's deduplication window holds. */
export const DEDUPLICATION_WINDOW = 64;

/** The largest increment of one counter or bucket that one line may say. */
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
  return `/v${PROTOCOL_VERSION}/batches/${session}?${query}`;
}

/** What a batch's first line says. */
export interface BatchHead {
  /** Counts the session's batches from 1. The same number always carries the same lines. */
  readonly seq: number;
  /** How long ago the batch was closed, in whole ms: a difference of one clock, so that no two clocks need to agree. */
  readonly closedMsAgo: number;
  /** Only of the batch that a page sends as it goes away; a batch with a higher number says that it came back. */
  readonly leaving: boolean;
}

/**
 * A metric as lines name it: without the `_total` of a counter, and with a dot for the `ws_client_` of the product's own, which
 * no name of an application's own metric has: `.closes`, `orders`. Of what it returned it returns the same.
 */
export function wireName(name: string): string {
  return name.replace(/^ws_client_/, ".").replace(/_total$/, "");
}

/**
 * A series as lines name it: `.closes/4401/opened/peer`.
 *
 * @param name the metric's
 * @param values of its labels, in the order in which the catalog declares them
 */
export function seriesText(name: string, values: readonly string[]): string {
  return [wireName(name), ...values.map(encodeURIComponent)].join("/");
}

/**
 * What a counter gained since the batch before.
 *
 * @param series as {@link seriesText} writes it
 * @param delta a whole number from 1 to {@link MAX_DELTA}
 */
export function counterLine(series: string, delta: number): string {
  return `${series} ${delta}`;
}

/**
 * What a histogram gained since the batch before.
 *
 * @param series as {@link seriesText} writes it
 * @param layout the id of the bucket layout that `counts` follow
 * @param counts one whole number a bucket, not cumulative; the last is `+Inf`. At least one is not zero, since the line has
 *   only those
 * @param sum of the observations, in the metric's unit
 */
export function histogramLine(
  series: string,
  layout: string,
  counts: readonly number[],
  sum: number,
): string {
  const buckets = counts.flatMap((count, bucket) => (count > 0 ? `${bucket}:${count}` : []));
  return `${series} ${layout} ${buckets.join()} ${sum}`;
}

/** The body of the `POST` to {@link batchPath}. */
export function batchText({ seq, closedMsAgo, leaving }: BatchHead, lines: readonly string[]): string {
  const head = `${seq} ${closedMsAgo}${leaving ? " leaving" : ""}`;
  return [head, ...lines].join("\n");
}

/** The body of every answer but 204. */
export interface RefusalBody {
  readonly code: string;
  readonly message: string;
}
