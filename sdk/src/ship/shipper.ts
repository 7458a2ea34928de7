import { KEEP_ALIVE_MS, MAX_BATCH_AGE_MS, MAX_BATCH_BYTES } from "@sockscope/catalog/protocol";
import type { TelemetryLoss } from "@sockscope/catalog/runtime";
import { contain } from "../contain.ts";
import type { Environment } from "../environment.ts";
import { type Deltas, measurementsIn } from "../record/deltas.ts";
import type { Recorder } from "../record/recorder.ts";
import { ageMs, batchBody, type ClosedBatch, closeBatch, ENVELOPE_BYTES } from "./closed-batch.ts";
import { type Answer, post } from "./post.ts";
import { retryDelayMs } from "./retry-delay.ts";

/** What a shipper works with. */
export interface ShipperOptions {
  /** Where this session's batches go. */
  readonly url: string;
  readonly flushIntervalMs: number;
  readonly recorder: Recorder;
  readonly environment: Environment;
}

/** How many batches may wait for an acknowledgement. More than one do only when the page goes away and comes back. */
export const MAX_QUEUED_BATCHES = 8;

/**
 * Takes deltas from the recorder, closes them as numbered batches and sends each until the collector has answered it.
 * One batch waits at a time: meanwhile new measurements add up in the recorder, where they take no more room.
 */
export class Shipper {
  readonly #url: string;
  readonly #flushIntervalMs: number;
  readonly #recorder: Recorder;
  readonly #environment: Environment;
  /** Unacknowledged, oldest first. */
  #queue: ClosedBatch[] = [];
  #seq = 0;
  #answeredAt: number;
  #failures = 0;
  #retryAt = -Infinity;
  /** Whether the collector itself asked for the delay; then nothing but the page's end cuts it short. */
  #held = false;
  #timer: unknown;
  #sending: Promise<void> | undefined;
  #flushRequested = false;
  #stopped = false;

  constructor({ url, flushIntervalMs, recorder, environment }: ShipperOptions) {
    this.#url = url;
    this.#flushIntervalMs = flushIntervalMs;
    this.#recorder = recorder;
    this.#environment = environment;
    this.#answeredAt = environment.now();
  }

  /** Begins to flush regularly. The first time is anywhere within the interval, so that pages do not align. */
  start(): void {
    this.#schedule(this.#flushIntervalMs * this.#random());
  }

  /** Sends what waits and what was recorded. Resolves when that was answered or has failed; never rejects. */
  flush(): Promise<void> {
    this.#flushRequested = true;
    this.#sending ??= this.#run();
    return this.#sending;
  }

  /**
   * The page goes away, perhaps for ever: sends everything in requests that outlive it. No answer will be read, so every
   * batch stays queued, and is sent again under its number if the page comes back.
   */
  leave(): void {
    this.#dropExpired();
    this.#closeRecorded();
    while (this.#queue.length > MAX_QUEUED_BATCHES) this.#drop(this.#queue[0], "queue");
    for (const batch of this.#queue) {
      const body = batchBody(batch, this.#environment);
      if (!this.#beacon(body)) post(this.#url, body, this.#environment).catch(() => {});
    }
  }

  /** Flushes once more, then no timer remains. Resolves like {@link flush}. */
  stop(): Promise<void> {
    this.#stopped = true;
    contain(this.#recorder, () => this.#environment.clearTimeout(this.#timer))();
    return this.flush();
  }

  async #run(): Promise<void> {
    try {
      await this.#sendAll();
    } catch {
      this.#recorder.lose("internal");
      contain(this.#recorder, () => this.#postpone(0))();
    }
    this.#sending = undefined;
    contain(this.#recorder, () => this.#schedule(this.#nextDelayMs()))();
  }

  async #sendAll(): Promise<void> {
    while (this.#flushRequested) {
      this.#flushRequested = false;
      this.#dropExpired();
      if (this.#queue.length === 0) this.#closeRecorded();
      if (this.#queue.length === 0 && this.#msUntilKeepAlive() <= 0)
        this.#close({ counters: [], histograms: [] });
      await this.#sendQueue();
      // A failed batch waits for its delay, whoever asked meanwhile.
      if (this.#queue.length > 0) return;
    }
  }

  async #sendQueue(): Promise<void> {
    for (let batch = this.#queue[0]; batch; batch = this.#queue[0]) {
      if (this.#held && this.#environment.now() < this.#retryAt) return;
      const answer = await post(this.#url, batchBody(batch, this.#environment), this.#environment);
      if (answer.outcome === "retry") return this.#postpone(answer.retryAfterMs);
      this.#settle(batch, answer.outcome);
    }
  }

  #settle(batch: ClosedBatch, outcome: Exclude<Answer["outcome"], "retry">): void {
    this.#failures = 0;
    this.#retryAt = -Infinity;
    this.#answeredAt = this.#environment.now();
    this.#drop(batch, outcome === "accepted" ? undefined : outcome);
  }

  #postpone(retryAfterMs: number): void {
    this.#failures++;
    this.#held = retryAfterMs > 0;
    const delayMs = retryDelayMs(this.#failures, retryAfterMs, this.#random());
    this.#retryAt = this.#environment.now() + delayMs;
  }

  /** Closes all that was recorded: one batch, unless that is more than fits. */
  #closeRecorded(): void {
    // Bounded, as counting a loss while closing would find something to close for ever.
    for (let batches = 0; batches < MAX_QUEUED_BATCHES; batches++) {
      const deltas = this.#recorder.takeDeltas(MAX_BATCH_BYTES - ENVELOPE_BYTES);
      if (measurementsIn(deltas) === 0) return;
      this.#close(deltas);
    }
  }

  #close(deltas: Deltas): void {
    this.#seq++;
    this.#queue.push(closeBatch(this.#seq, deltas, this.#environment));
  }

  #dropExpired(): void {
    for (const batch of [...this.#queue])
      if (ageMs(batch, this.#environment) > MAX_BATCH_AGE_MS) this.#drop(batch, "expired");
  }

  /** Ends a batch's way, and counts what it carried as lost unless it arrived. */
  #drop(batch: ClosedBatch | undefined, lost?: TelemetryLoss): void {
    if (!batch || !this.#queue.includes(batch)) return;
    this.#queue = this.#queue.filter((queued) => queued !== batch);
    if (lost) this.#recorder.lose(lost, measurementsIn(batch.deltas));
  }

  #beacon(body: string): boolean {
    try {
      return this.#environment.sendBeacon(this.#url, body);
    } catch {
      return false;
    }
  }

  #nextDelayMs(): number {
    const msUntilRetry = this.#retryAt - this.#environment.now();
    if (this.#queue.length > 0) return msUntilRetry;
    // After a fault, too, not at once.
    return Math.max(msUntilRetry, Math.min(this.#flushIntervalMs, this.#msUntilKeepAlive()));
  }

  #msUntilKeepAlive(): number {
    return this.#answeredAt + KEEP_ALIVE_MS - this.#environment.now();
  }

  #schedule(delayMs: number): void {
    this.#environment.clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#timer = this.#environment.setTimeout(() => void this.flush(), Math.max(0, delayMs));
  }

  #random(): number {
    return (this.#environment.randomBytes(1)[0] ?? 0) / 256;
  }
}
