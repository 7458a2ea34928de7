/** From which interval on which one is used instead: pairs of an upper bound, exclusive, and the step, both in ms. */
const ROUND_STEPS_MS: readonly (readonly [below: number, step: number])[] = [
  [10, 1],
  [15, 10],
  [35, 20],
  [75, 50],
  [150, 100],
  [350, 200],
  [750, 500],
  [1_500, 1_000],
  [3_500, 2_000],
  [7_500, 5_000],
  [12_500, 10_000],
  [17_500, 15_000],
  [25_000, 20_000],
  [45_000, 30_000],
  [90_000, 60_000],
  [210_000, 120_000],
  [450_000, 300_000],
  [750_000, 600_000],
  [1_050_000, 900_000],
  [1_500_000, 1_200_000],
  [2_700_000, 1_800_000],
  [5_400_000, 3_600_000],
  [9_000_000, 7_200_000],
  [16_200_000, 10_800_000],
  [32_400_000, 21_600_000],
  [86_400_000, 43_200_000],
  [604_800_000, 86_400_000],
  [1_814_400_000, 604_800_000],
  [3_628_800_000, 2_592_000_000],
];
const YEAR_MS = 31_536_000_000;

/** Prometheus answers no query that has more points than this in a series. */
const MAX_POINTS = 11_000;

/** How many scrapes a rate needs, so that one that fails leaves two. */
const SCRAPES_OF_A_RATE = 4;

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: YEAR_MS,
};

/** The step that Grafana takes for an interval: one that people count in. */
export function roundedIntervalMs(intervalMs: number): number {
  return ROUND_STEPS_MS.find(([below]) => intervalMs < below)?.[1] ?? YEAR_MS;
}

/**
 * How long a Prometheus duration such as `1m30s` is.
 *
 * @returns undefined for what is none
 */
export function durationMs(text: string): number | undefined {
  const plain = text.trim().replace(/^[<>]/, "");
  if (!/^(?:\d+(?:ms|[smhdwy]))+$/.test(plain)) return undefined;
  const parts = [...plain.matchAll(/(\d+)(ms|[smhdwy])/g)];
  return parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (UNITS_MS[unit] ?? 0), 0);
}

/** A duration as Prometheus reads it: whole seconds where it is some. */
export function durationText(ms: number): string {
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${Math.round(ms)}ms`;
}

/** What a query's step depends on. */
export interface StepInput {
  readonly rangeMs: number;
  /** How wide the panel is, in pixels, or the panel's own limit. */
  readonly maxDataPoints: number;
  /** The panel's interval, which Grafana rounds and limits before it asks. */
  readonly intervalMs: number;
  /** The query's own least step, as its author wrote it. */
  readonly minStep?: string | undefined;
}

/**
 * The step of a range query, as Grafana's Prometheus data source finds it.
 *
 * See {@link https://grafana.com/docs/grafana/latest/datasources/prometheus/configure/ | interval behaviour}.
 */
export function stepMs({ rangeMs, maxDataPoints, intervalMs, minStep = "" }: StepInput): number {
  const leastMs = durationMs(minStep) ?? intervalMs;
  const wantedMs = rangeMs / Math.max(1, maxDataPoints);
  const calculatedMs = wantedMs < leastMs ? leastMs : roundedIntervalMs(wantedMs);
  return Math.max(calculatedMs, roundedIntervalMs(rangeMs / MAX_POINTS));
}

/**
 * What `$__rate_interval` stands for: long enough for four scrapes, and one scrape longer than the panel's interval.
 *
 * @param scrapeIntervalMs the data source's `timeInterval`, or the query's own least step
 */
export function rateIntervalMs(intervalMs: number, scrapeIntervalMs: number): number {
  return Math.max(intervalMs + scrapeIntervalMs, SCRAPES_OF_A_RATE * scrapeIntervalMs);
}

/** A moment moved back onto a multiple of the step, so that a refresh asks for the same points again. In ms. */
export function alignedMs(timeMs: number, step: number): number {
  return Math.floor(timeMs / step) * step;
}
