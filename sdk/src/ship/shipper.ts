import { KEEP_ALIVE_MS, MAX_BATCH_AGE_MS } from "@sockscope/catalog/protocol";
import type { TelemetryLoss } from "@sockscope/catalog/runtime";
import { contain } from "../contain.ts";
import type { Environment } from "../environment.ts";
import { measurementsIn } from "../record/deltas.ts";
import type { Recorder } from "../record/recorder.ts";
import { type ClosedBatch, closeBatch } from "./closed-batch.ts";
import { post } from "./post.ts";
import { retryDelayMs } from "./retry-delay.ts";

/**
 * Takes deltas from the recorder, closes them as numbered batches and sends each until the collector has answered it.
 * One batch waits at a time: meanwhile new measurements add up in the recorder, where they take no more room.
 */
export interface Shipper {
  /** Begins to flush regularly. The first time is anywhere within the interval, so that pages do not align. */
  start(): void;
  /** Sends what waits and what was recorded. Resolves when that was answered or has failed; never rejects. */
  flush(): Promise<void>;
  /**
   * The page goes away, perhaps for ever: sends everything in requests that outlive it, and says so in the last batch. No
   * answer will be read, so every batch stays queued. Does nothing when the page is away already. Until
   * {@link Shipper.comeBack} no other batch is closed: it would say that the page is there again.
   */
  leave(): void;
  /** The page is there again: flushes, and says so even if nothing was recorded. */
  comeBack(): void;
  /** Flushes once more, then no timer remains; what cannot be sent then is not sent. Resolves like {@link Shipper.flush}. */
  stop(): Promise<void>;
}

/** How many batches may wait for an acknowledgement. More than one do only when the page goes away and comes back. */
export const MAX_QUEUED_BATCHES = 8;

/**
 * A shipper that sends nothing yet.
 *
 * @param url where this session's batches go
 * @param settle called before deltas are taken, to have everything recorded that is certain by then
 */
export function createShipper(
  url: string,
  flushIntervalMs: number,
  recorder: Recorder,
  environment: Environment,
  settle: () => void,
): Shipper {
  /** Unacknowledged, oldest first. */
  const queue = new Set<ClosedBatch>();
  let seq = 0;
  let answeredAt = environment.now();
  /** The page left, and has not come back. */
  let isAway = false;
  /** The collector was told that the page left, and not yet that it came back. */
  let saidGoodbye = false;
  /** How many answers in a row failed to come. */
  let failures = 0;
  /** Until when the collector wants to be left alone; nothing but the page's end cuts it short. */
  let heldUntil = -Infinity;
  let timer: unknown;
  let sending: Promise<void> | undefined;
  let flushRequested = false;
  let stopped = false;

  function start(): void {
    schedule(flushIntervalMs * random());
  }

  function flush(): Promise<void> {
    flushRequested = true;
    sending ??= run();
    return sending;
  }

  function leave(): void {
    if (isAway) return;
    dropExpired();
    // The last batch says that the page leaves, so nothing may be left for another.
    while (recorder.isOverfull) closeRecorded();
    closeRecorded(true);
    isAway = true;
    for (const batch of queue) if (queue.size > MAX_QUEUED_BATCHES) drop(batch, "queue");
    for (const batch of queue) sendLast(batch.body());
  }

  function sendLast(body: string): void {
    try {
      if (environment.sendBeacon(url, body)) return;
    } catch {}
    post(url, body, environment).catch(() => {});
  }

  function comeBack(): void {
    isAway = false;
    void flush();
  }

  function stop(): Promise<void> {
    stopped = true;
    return flush();
  }

  async function run(): Promise<void> {
    let delayMs = flushIntervalMs;
    try {
      delayMs = await sendAll();
    } catch {
      recorder.lose("internal");
    }
    sending = undefined;
    schedule(delayMs);
  }

  /** Returns when to flush again, in ms from now. */
  async function sendAll(): Promise<number> {
    const heldMs = heldUntil - environment.now();
    if (heldMs > 0) return heldMs;
    while (flushRequested) {
      dropExpired();
      // What was recorded while a batch waited goes when none waits any more.
      if (queue.size === 0) {
        flushRequested = false;
        closeRecorded();
      }
      for (const batch of queue) {
        const { outcome, retryAfterMs } = await post(url, batch.body(), environment);
        if (outcome === "retry") return delayAfter(retryAfterMs);
        failures = 0;
        answeredAt = environment.now();
        drop(batch, outcome);
      }
    }
    return flushIntervalMs;
  }

  /** How long a batch that failed waits, in ms. */
  function delayAfter(retryAfterMs: number): number {
    failures++;
    const delayMs = retryDelayMs(failures, retryAfterMs, random());
    if (retryAfterMs > 0) heldUntil = environment.now() + delayMs;
    return delayMs;
  }

  /** Closes a batch of all that was recorded, or an empty one that keeps the session visible until the next flush. */
  function closeRecorded(leaving = false): void {
    if (isAway) return;
    settle();
    const deltas = recorder.takeDeltas();
    const isDue = answeredAt + KEEP_ALIVE_MS < environment.now() + flushIntervalMs;
    if (leaving || saidGoodbye || isDue || measurementsIn(deltas) > 0) {
      seq++;
      saidGoodbye = leaving;
      queue.add(closeBatch(seq, deltas, leaving, environment));
    }
  }

  function dropExpired(): void {
    for (const batch of queue) if (batch.ageMs() > MAX_BATCH_AGE_MS) drop(batch, "expired");
  }

  /** Ends a batch's way, and counts what it carried as lost unless it arrived. */
  function drop(batch: ClosedBatch, outcome: "accepted" | TelemetryLoss): void {
    if (queue.delete(batch) && outcome !== "accepted") recorder.lose(outcome, measurementsIn(batch.deltas));
  }

  const schedule = contain(recorder, (delayMs: number) => {
    environment.clearTimeout(timer);
    if (!stopped) timer = environment.setTimeout(flush, delayMs);
  });

  function random(): number {
    return (environment.randomBytes(1)[0] as number) / 256;
  }

  return { start, flush, leave, comeBack, stop };
}
