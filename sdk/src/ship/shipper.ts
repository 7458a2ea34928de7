import { KEEP_ALIVE_MS, MAX_BATCH_AGE_MS } from "@sockscope/catalog/protocol";
import type { TelemetryLoss } from "@sockscope/catalog/runtime";
import { contain } from "../contain.ts";
import type { Environment } from "../environment.ts";
import { measurementsIn } from "../record/deltas.ts";
import type { Recorder } from "../record/recorder.ts";
import { type ClosedBatch, closeBatch } from "./closed-batch.ts";
import { post } from "./post.ts";
import { retryDelayMs } from "./retry-delay.ts";

/** What a shipper works with. */
export interface ShipperOptions {
  /** Where this session's batches go. */
  readonly url: string;
  readonly flushIntervalMs: number;
  readonly recorder: Recorder;
  readonly environment: Environment;
  /** Called before deltas are taken, to have everything recorded that is certain by then. */
  readonly settle: () => void;
}

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
   * answer will be read, so every batch stays queued. Does nothing when the page is away already. Until {@link Shipper.comeBack} no other batch is closed: it would
   * say that the page is there again.
   */
  leave(): void;
  /** The page is there again: flushes, and says so even if nothing was recorded. */
  comeBack(): void;
  /** Flushes once more, then no timer remains; what cannot be sent then is not sent. Resolves like {@link Shipper.flush}. */
  stop(): Promise<void>;
}

/** How many batches may wait for an acknowledgement. More than one do only when the page goes away and comes back. */
export const MAX_QUEUED_BATCHES = 8;

/** A shipper that sends nothing yet. */
export function createShipper({
  url,
  flushIntervalMs,
  recorder,
  environment,
  settle,
}: ShipperOptions): Shipper {
  /** Unacknowledged, oldest first. */
  const queue = new Set<ClosedBatch>();
  let seq = 0;
  let answeredAt = environment.now();
  /** The page left, and has not come back. */
  let isAway = false;
  /** The collector was told that the page left, and not yet that it came back. */
  let saidGoodbye = false;
  /** How many answers in a row failed to come. Then, and only then, `retryAt` says when to try again. */
  let failures = 0;
  let retryAt = 0;
  /** Whether the collector itself asked for the delay; then nothing but the page's end cuts it short. */
  let held = false;
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
    for (const batch of queue) {
      const body = batch.body();
      if (!beacon(body)) post(url, body, environment).catch(() => {});
    }
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
    try {
      await sendAll();
    } catch {
      recorder.lose("internal");
      contain(recorder, postpone)(0);
    }
    sending = undefined;
    schedule(failures > 0 ? retryAt - environment.now() : flushIntervalMs);
  }

  async function sendAll(): Promise<void> {
    while (flushRequested) {
      flushRequested = false;
      dropExpired();
      const isBehind = queue.size > 0;
      if (!isBehind) closeRecorded();
      for (const batch of queue) {
        if (held && environment.now() < retryAt) return;
        const { outcome, retryAfterMs } = await post(url, batch.body(), environment);
        // A failed batch waits for its delay, whoever asked meanwhile.
        if (outcome === "retry") return postpone(retryAfterMs);
        failures = 0;
        held = false;
        answeredAt = environment.now();
        drop(batch, outcome);
      }
      // What was recorded while a batch waited goes next.
      if (isBehind) flushRequested = true;
    }
  }

  function postpone(retryAfterMs: number): void {
    failures++;
    held = retryAfterMs > 0;
    retryAt = environment.now() + retryDelayMs(failures, retryAfterMs, random());
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

  function beacon(body: string): boolean {
    try {
      return environment.sendBeacon(url, body);
    } catch {
      return false;
    }
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
