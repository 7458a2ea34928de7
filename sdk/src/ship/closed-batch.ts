import { type Batch, PROTOCOL_VERSION } from "@sockscope/catalog/protocol";
import type { Environment } from "../environment.ts";
import type { Deltas } from "../record/deltas.ts";

/** A batch whose number and deltas are fixed: however often it is sent, it says the same. */
export interface ClosedBatch {
  readonly seq: number;
  readonly deltas: Deltas;
  /** When it was closed, on both clocks. */
  readonly closedAt: { readonly now: number; readonly wallClock: number };
}

/** What a body needs besides its deltas: the longest version, number, age, field names and brackets. */
export const ENVELOPE_BYTES = 128;

/** Fixes deltas under their number. */
export function closeBatch(seq: number, deltas: Deltas, environment: Environment): ClosedBatch {
  return { seq, deltas, closedAt: { now: environment.now(), wallClock: environment.wallClock() } };
}

/**
 * How long ago the batch was closed, in whole ms. The larger difference of the two clocks: the monotonic one may stand
 * still while the machine sleeps, and the wall clock may be set back.
 */
export function ageMs({ closedAt }: ClosedBatch, environment: Environment): number {
  const monotonic = environment.now() - closedAt.now;
  const wall = environment.wallClock() - closedAt.wallClock;
  return Math.round(Math.max(0, monotonic, wall));
}

/** The body of a request that carries the batch now. */
export function batchBody(batch: ClosedBatch, environment: Environment): string {
  const body: Batch = {
    version: PROTOCOL_VERSION,
    seq: batch.seq,
    closed_ms_ago: ageMs(batch, environment),
    counters: batch.deltas.counters,
    histograms: batch.deltas.histograms,
  };
  return JSON.stringify(body);
}
