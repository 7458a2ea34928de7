import { batchText } from "@sockscope/catalog/protocol";
import type { Host } from "../host.ts";
import type { StoredBatch } from "./batch-storage.ts";

/** A batch whose number and content are fixed: however often it is sent, it says the same. */
export interface ClosedBatch extends StoredBatch {
  /**
   * How long ago the batch was closed, in whole ms. The larger difference of the two clocks: the monotonic one may stand
   * still while the machine sleeps, and the wall clock may be set back.
   */
  ageMs(): number;
  /** The body of a request that carries the batch now. */
  body(): string;
}

/** A batch that is closed now. */
export function closeBatch(batch: Omit<StoredBatch, "closedAt">, host: Host): ClosedBatch {
  const closedAt = host.now();
  return agingBatch({ ...batch, closedAt: host.wallClock() }, host, () => host.now() - closedAt);
}

/** A batch that a page before this one has closed, by the only clock that they share. */
export function restoredBatch(batch: StoredBatch, host: Host): ClosedBatch {
  return agingBatch(batch, host, () => 0);
}

function agingBatch(batch: StoredBatch, host: Host, monotonicAgeMs: () => number): ClosedBatch {
  const ageMs = (): number => Math.round(Math.max(monotonicAgeMs(), host.wallClock() - batch.closedAt));
  return { ...batch, ageMs, body: () => batchText({ ...batch, closedMsAgo: ageMs() }, batch.lines) };
}
