import { MAX_BATCH_AGE_MS } from "@sockscope/catalog/protocol";
import type { TelemetryLoss } from "@sockscope/catalog/runtime";
import type { Host } from "../host.ts";
import type { Recorder } from "../record/recorder.ts";
import type { BatchStorage, StoredBatch } from "./batch-storage.ts";
import { type ClosedBatch, restoredBatch } from "./closed-batch.ts";

/** How many batches may wait for an acknowledgement. More than one do only when the page goes away and comes back. */
export const MAX_QUEUED_BATCHES = 8;

/** Batches that the collector has not answered, oldest first. What ends unanswered is counted as lost. */
export interface WaitingBatches extends Iterable<ClosedBatch> {
  readonly size: number;
  add(batch: ClosedBatch): void;
  /** Ends a batch's way. Does nothing when it has ended. */
  drop(batch: ClosedBatch, outcome: "accepted" | TelemetryLoss): void;
  /** Drops what the collector would find too old. */
  dropExpired(): void;
  /** Drops the oldest of too many. */
  dropSurplus(): void;
  /** Forgets all of them, uncounted. */
  clear(): void;
  /** Goes on with what a page before this one has kept; the first time it is called. */
  restore(): void;
}

/**
 * @param url where this page's batches go. What was kept for another collector nobody may be there to answer, and it would hold
 *   up the others
 * @param storage keeps what waits, in case that the page goes. Default: nothing does
 */
export function createWaitingBatches(
  url: string,
  recorder: Recorder,
  host: Host,
  storage?: BatchStorage | undefined,
): WaitingBatches {
  const waiting = new Set<ClosedBatch>();
  let isRestored = false;

  /** As far as there is room, and cookies are allowed: nothing is lost if the page stays. */
  function keep(): void {
    try {
      storage?.save(Array.from(waiting));
    } catch {}
  }

  function drop(batch: ClosedBatch, outcome: "accepted" | TelemetryLoss): void {
    if (!waiting.delete(batch)) return;
    if (outcome !== "accepted") recorder.lose(outcome, batch.measurements);
    keep();
  }

  function dropSurplus(): void {
    for (const batch of waiting) if (waiting.size > MAX_QUEUED_BATCHES) drop(batch, "queue");
  }

  return {
    get size() {
      return waiting.size;
    },
    [Symbol.iterator]: () => waiting.values(),
    add: (batch) => {
      waiting.add(batch);
      keep();
    },
    drop,
    dropExpired: () => {
      for (const batch of waiting) if (batch.ageMs() > MAX_BATCH_AGE_MS) drop(batch, "expired");
    },
    dropSurplus,
    clear: () => {
      waiting.clear();
      keep();
    },
    restore: () => {
      if (isRestored) return;
      isRestored = true;
      let kept: readonly StoredBatch[] = [];
      try {
        kept = storage?.load() ?? [];
      } catch {}
      for (const batch of kept) {
        if (collectorOf(batch.url) === collectorOf(url)) waiting.add(restoredBatch(batch, host));
        else recorder.lose("expired", batch.measurements);
      }
      dropSurplus();
      keep();
    },
  };
}

/** All of a batch's address that comes before its session. */
function collectorOf(url: string): string {
  return url.replace(/[^/]*$/, "");
}
