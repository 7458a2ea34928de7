import { batchText } from "@sockscope/catalog/protocol";
import type { Host } from "../host.ts";

/** A batch whose number and content are fixed: however often it is sent, it says the same. */
export interface ClosedBatch {
  readonly measurements: number;
  /**
   * How long ago the batch was closed, in whole ms. The larger difference of the two clocks: the monotonic one may stand
   * still while the machine sleeps, and the wall clock may be set back.
   */
  ageMs(): number;
  /** The body of a request that carries the batch now. */
  body(): string;
}

/**
 * Fixes lines under their number.
 *
 * @param leaving whether the page goes away with it
 */
export function closeBatch(
  seq: number,
  { lines, measurements }: { readonly lines: readonly string[]; readonly measurements: number },
  leaving: boolean,
  host: Host,
): ClosedBatch {
  const closedAt = host.now();
  const closedAtWallClock = host.wallClock();
  const ageMs = (): number =>
    Math.round(Math.max(host.now() - closedAt, host.wallClock() - closedAtWallClock));
  return {
    measurements,
    ageMs,
    body: () => batchText({ seq, closedMsAgo: ageMs(), leaving }, lines),
  };
}
