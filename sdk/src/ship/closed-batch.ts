import { batchText, counterLine, histogramLine, seriesText } from "@sockscope/catalog/protocol";
import type { Environment } from "../environment.ts";
import type { Deltas } from "../record/deltas.ts";

/** A batch whose number and deltas are fixed: however often it is sent, it says the same. */
export interface ClosedBatch {
  readonly deltas: Deltas;
  /**
   * How long ago the batch was closed, in whole ms. The larger difference of the two clocks: the monotonic one may stand
   * still while the machine sleeps, and the wall clock may be set back.
   */
  ageMs(): number;
  /** The body of a request that carries the batch now. */
  body(): string;
}

/**
 * Fixes deltas under their number.
 *
 * @param leaving whether the page goes away with it
 */
export function closeBatch(
  seq: number,
  deltas: Deltas,
  leaving: boolean,
  environment: Environment,
): ClosedBatch {
  const closedAt = environment.now();
  const closedAtWallClock = environment.wallClock();
  const ageMs = (): number =>
    Math.round(Math.max(environment.now() - closedAt, environment.wallClock() - closedAtWallClock));
  const lines = linesOf(deltas);
  const body = (): string => batchText({ seq, closedMsAgo: ageMs(), leaving }, lines);
  return { deltas, ageMs, body };
}

function linesOf({ counters, histograms }: Deltas): string[] {
  return [
    ...counters.map(({ name, labels, delta }) => counterLine(seriesText(name, Object.values(labels)), delta)),
    ...histograms.map(({ name, labels, layout, counts, sum }) =>
      histogramLine(seriesText(name, Object.values(labels)), layout, counts, sum),
    ),
  ];
}
