import { KEEP_ALIVE_MS, MAX_BATCH_BYTES } from "@sockscope/catalog/protocol";
import { contain } from "../contain.ts";
import type { Host } from "../host.ts";
import { type Tell, textOf } from "../problems.ts";
import type { Deltas } from "../record/deltas.ts";
import type { Recorder } from "../record/recorder.ts";
import { createArmedBatch } from "./armed-batch.ts";
import type { BatchStorage } from "./batch-storage.ts";
import { type ClosedBatch, closeBatch } from "./closed-batch.ts";
import { type Answer, post } from "./post.ts";
import { createRetryGate, random } from "./retry-gate.ts";
import { createWaitingBatches, MAX_QUEUED_BATCHES } from "./waiting-batches.ts";

/**
 * Takes what was recorded, closes it as numbered batches and sends each until the collector has answered it. One batch waits
 * at a time: meanwhile new measurements add up in the recorder, where they take no more room.
 */
export interface Shipper {
  /** Begins to flush regularly. The first time is anywhere within the interval, so that pages do not align. */
  start(): void;
  /** Sends what waits and what was recorded. Resolves when that was answered or has failed; never rejects. */
  flush(): Promise<void>;
  /** The page is hidden, and may be killed: sends everything in requests that outlive it, past one that hangs. */
  hide(): void;
  /**
   * The page goes away, perhaps for ever: sends everything in requests that outlive it, and says so in the last batch. No
   * answer will be read, so every batch stays queued. Does nothing when the page is away already. Until
   * {@link Shipper.comeBack} no other batch is closed: it would say that the page is there again.
   */
  leave(): void;
  /** The page is there again: flushes, and says so even if nothing was recorded. */
  comeBack(): void;
  /** Has the browser send what was recorded and not yet sent, should the page crash. Call it every few seconds. */
  arm(): void;
  /** Something may be sent that might not be, or the other way round; then what waits is forgotten. */
  consentChanged(): void;
  /**
   * Flushes once more, as a page that leaves; then no timer remains, and what cannot be sent then is not sent. Resolves like
   * {@link Shipper.flush}.
   */
  stop(): Promise<void>;
}

/** What a shipper works with. */
export interface ShipperContext {
  /** Where this session's batches go. */
  readonly url: string;
  readonly flushIntervalMs: number;
  /** Whether anything may be sent. */
  readonly isGranted: () => boolean;
  readonly recorder: Recorder;
  readonly host: Host;
  readonly tell: Tell;
  /** Called before deltas are taken, to have everything recorded that is certain by then. */
  readonly settle: () => void;
  /** May keep a batch from being sent, by answering false; so does a fault of it, and a promise, which comes too late. */
  readonly beforeSend?: ((body: string) => unknown) | undefined;
  /** Keeps what waits. */
  readonly storage?: BatchStorage | undefined;
}

/** After so many failures in a row a developer is told that nobody answers. */
const SILENCES_TOLD = 3;

const BEFORE_SEND = "SOCKSCOPE_ERR_BEFORE_SEND";

/** What the first line of a batch takes of its bytes at the most. */
const HEAD_BYTES = 64;

/** A shipper that sends nothing yet. */
export function createShipper(context: ShipperContext): Shipper {
  const { url, flushIntervalMs, isGranted, recorder, host, tell, beforeSend, storage } = context;
  const settle = contain(recorder, context.settle);
  const gate = createRetryGate(host);
  const armed = createArmedBatch(url, host);
  const waiting = createWaitingBatches(url, recorder, host, storage);
  let seq = 0;
  let answeredAt = host.now();
  /** The page left, and has not come back. */
  let isAway = false;
  /** The collector was told that the page left, and not yet that it came back. */
  let saidGoodbye = false;
  let flushTimer: unknown;
  let sending: Promise<void> | undefined;
  let flushRequested = false;
  let stopped = false;
  let wasTakenBack = false;

  function flush(): Promise<void> {
    flushRequested = true;
    sending ??= run();
    return sending;
  }

  async function run(): Promise<void> {
    try {
      await sendAll();
    } catch {
      recorder.lose("internal");
      gate.failed(gate.failures(), false, 0);
    }
    sending = undefined;
    // Asked for after the last look.
    if (flushRequested && isGranted() && gate.delayMs() === 0) return flush();
    schedule(gate.delayMs() || flushIntervalMs);
  }

  async function sendAll(): Promise<void> {
    while (flushRequested && isGranted() && !gate.isShut()) {
      waiting.dropExpired();
      // What was recorded while a batch waited goes when none waits any more.
      if (waiting.size === 0) {
        flushRequested = false;
        closeRecorded(stopped);
      }
      for (const batch of waiting) {
        if (!(await send(batch))) return;
      }
    }
  }

  /** Returns whether to go on with the next. */
  async function send(batch: ClosedBatch): Promise<boolean> {
    // What is sent while the page is seen needs no budget that it shares with the page's own requests.
    const failures = gate.failures();
    return answered(batch, failures, await post(batch.url, batch.body(), !host.isVisible(), host));
  }

  function answered(
    batch: ClosedBatch,
    failures: number,
    { outcome, wasAnswered, retryAfterMs, problem }: Answer,
  ): boolean {
    if (problem) tell(problem.code, problem.message);
    if (outcome !== "retry") {
      answeredAt = host.now();
      waiting.drop(batch, outcome);
    }
    const goesOn = outcome === "accepted" || outcome === "expired";
    if (goesOn) gate.succeeded();
    else if (
      gate.failed(failures, wasAnswered, retryAfterMs) >= SILENCES_TOLD &&
      !wasAnswered &&
      host.isOnline()
    )
      tell(
        "SOCKSCOPE_ERR_NO_ANSWER",
        `nobody answers at ${new URL(batch.url).host}: is the collector down, does connect-src of the page's policy name it, does a blocker keep requests from it, is it its ingest address?`,
      );
    return goesOn;
  }

  function hide(): void {
    if (isAway || !isGranted()) return;
    waiting.dropExpired();
    // While nobody answers, what is recorded adds up; a batch for each look away would crowd out the oldest.
    if (waiting.size < MAX_QUEUED_BATCHES / 2) closeRecorded();
    sendLast();
  }

  function leave(): void {
    if (isAway || !isGranted()) return;
    waiting.dropExpired();
    // The last batch says that the page leaves, so nothing may be left for another.
    closeRecorded(true);
    isAway = true;
    sendLast();
  }

  function sendLast(): void {
    waiting.dropSurplus();
    for (const batch of waiting) void sendPastThePage(batch);
  }

  /**
   * A blocker may make `sendBeacon` say yes and do nothing, so it is the second choice. Both share a budget with the page's
   * own requests, and whether that is spent shows when the page is gone; what the browser sends then does not share it.
   */
  async function sendPastThePage(batch: ClosedBatch): Promise<void> {
    const body = batch.body();
    const later = isAway ? attempt(() => host.fetchLater(batch.url, body)) : undefined;
    const failures = gate.failures();
    const answer = await post(batch.url, body, true, host);
    // Back on the page, the batch is sent again as ever.
    if (answer.outcome !== "retry" || !isAway) later?.takeBack();
    if (answer.wasAnswered) answered(batch, failures, answer);
    else attempt(() => host.sendBeacon(batch.url, body));
  }

  /** What a browser may refuse; the batch waits in any case. */
  function attempt<T>(action: () => T): T | undefined {
    try {
      return action();
    } catch {
      return undefined;
    }
  }

  /** Closes what was recorded, or an empty batch that keeps the session visible until the next flush. */
  function closeRecorded(leaving = false): void {
    if (isAway) return;
    settle();
    takeBackArmed();
    const isDue = answeredAt + KEEP_ALIVE_MS < host.now() + flushIntervalMs;
    // A goodbye that was said already stands.
    const mustSay = leaving !== saidGoodbye || (isDue && !leaving);
    if (!mustSay && !recorder.hasNews()) return;
    for (let isAll = false; !isAll; ) {
      const deltas = recorder.read(MAX_BATCH_BYTES - HEAD_BYTES);
      // What no batch has room for would never be said.
      isAll = deltas.isAll || deltas.lines.length === 0;
      close(deltas, leaving && isAll);
      // A batch that does not say everything is followed by another at the next flush.
      if (!leaving) return;
    }
  }

  function close(deltas: Deltas, leaving: boolean): void {
    deltas.take();
    const batch = closeBatch(batchOf(deltas, seq + 1, leaving), host);
    if (isKept(batch)) recorder.lose("withheld", deltas.measurements);
    else {
      // A number that is never sent would look like a batch that got lost.
      seq++;
      saidGoodbye = leaving;
      waiting.add(batch);
    }
  }

  function batchOf(
    { lines, measurements }: Deltas,
    number: number,
    leaving: boolean,
  ): Parameters<typeof closeBatch>[0] {
    return { url, seq: number, leaving, lines, measurements };
  }

  /** Whether the page keeps a batch to itself. */
  function isKept(batch: ClosedBatch): boolean {
    try {
      const verdict = beforeSend?.(batch.body());
      if (!(verdict instanceof Promise)) return verdict === false;
      verdict.catch(() => {});
      tell(BEFORE_SEND, "beforeSend answers a promise, which comes too late; no batch is sent");
    } catch (fault) {
      tell(BEFORE_SEND, `beforeSend threw ${textOf(fault)}; the batch is not sent`);
    }
    return true;
  }

  function takeBackArmed(): void {
    const sent = armed.takeBack();
    if (!sent) return;
    sent.deltas.take();
    seq++;
    saidGoodbye = false;
    // Its answer was not to be read, so it is sent again under its number.
    waiting.add(sent.batch);
  }

  function arm(): void {
    if (isAway || !isGranted() || beforeSend || !recorder.hasNews()) return;
    const deltas = recorder.read(MAX_BATCH_BYTES - HEAD_BYTES);
    if (armed.says(deltas)) return;
    takeBackArmed();
    // What was sent meanwhile is not said again.
    const rest = recorder.read(MAX_BATCH_BYTES - HEAD_BYTES);
    armed.arm(closeBatch(batchOf(rest, seq + 1, false), host), rest);
  }

  const schedule = contain(recorder, (delayMs: number) => {
    host.clearTimeout(flushTimer);
    if (!stopped) flushTimer = host.setTimeout(flush, delayMs);
  });

  return {
    start: () => {
      if (isGranted()) waiting.restore();
      schedule(flushIntervalMs * random(host));
    },
    arm: contain(recorder, arm),
    flush,
    hide,
    leave,
    comeBack: () => {
      isAway = false;
      void flush();
    },
    consentChanged: () => {
      if (isGranted()) {
        // What happened since it was taken back.
        if (wasTakenBack) recorder.clear();
        else waiting.restore();
      } else {
        // What was sent already has its number.
        if (armed.takeBack()) seq++;
        waiting.clear();
        recorder.clear();
      }
      wasTakenBack = !isGranted();
    },
    stop: () => {
      stopped = true;
      // What cannot be sent now is not sent.
      takeBackArmed();
      return flush();
    },
  };
}
