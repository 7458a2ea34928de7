import { boundOf, type Sample } from "../../prometheus/sample.ts";

/** A heatmap's cells: `counts[bucket][time]`, the smallest bucket first. */
export interface Cells {
  /** In ms. */
  readonly times: readonly number[];
  /** Upper bounds, the smallest first. */
  readonly bounds: readonly number[];
  readonly counts: readonly (readonly Sample[])[];
  /** The largest of the counts; 0 when nothing is counted. */
  readonly most: number;
  /** How much time a cell covers, in ms. */
  readonly stepMs: number;
}

/** A bucket over time, as the data source hands it on. */
export interface BucketColumn {
  readonly le: string;
  readonly times: readonly number[];
  readonly values: readonly Sample[];
}

const ANY_STEP_MS = 15_000;

function shortestStep(times: readonly number[]): number {
  const steps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  return steps.length === 0 ? ANY_STEP_MS : Math.min(...steps);
}

/** The cells that buckets make. */
export function cellsOf(columns: readonly BucketColumn[]): Cells {
  const ascending = [...columns].sort((a, b) => boundOf(a.le) - boundOf(b.le));
  const times = ascending[0]?.times ?? [];
  const counts = ascending.map(({ values }) => values);
  const most = counts.reduce(
    (all, row) => row.reduce<number>((max, count) => Math.max(max, count ?? 0), all),
    0,
  );
  return { times, bounds: ascending.map(({ le }) => boundOf(le)), counts, most, stepMs: shortestStep(times) };
}

/**
 * How strong a cell's colour is.
 *
 * @param exponent below 1 lets few be seen next to many
 * @returns a step from 0 to `steps - 1`; undefined when the cell has no colour
 */
export function colorStep(count: Sample, most: number, steps: number, exponent: number): number | undefined {
  if (count === null || count <= 0 || most <= 0) return undefined;
  return Math.min(steps - 1, Math.floor((count / most) ** exponent * steps));
}
