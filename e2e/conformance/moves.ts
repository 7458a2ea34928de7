import { allMetrics, DEFAULT_CATALOG, type Metric } from "@sockscope/catalog";
import { type Exposition, type Moves, movesBetween, seriesName } from "../testing/exposition.test-support.ts";
import { CONFORMANCE } from "./server-under-test.ts";
import type { Move } from "./steps.ts";

const SERVER_METRICS: readonly Metric[] = DEFAULT_CATALOG.serverMetrics.map(({ metric }) => metric);

/** A histogram's parts that depend on how long something took. */
const PART = /_(?:bucket|sum|created|gsum)\{/;

/** What a distribution consists of, in either text format; its count is the last. */
const PARTS: Readonly<Partial<Record<Metric["type"], readonly string[]>>> = {
  histogram: ["_bucket", "_sum", "_count"],
  gauge_histogram: ["_bucket", "_gsum", "_gcount"],
};

function nameOf({ name, type }: Metric): string {
  return `${name}${PARTS[type]?.at(-1) ?? ""}`;
}

/** What has to move, by series: moves of one series add up, and what a server does not expose does not count. */
export function expectedMoves(moves: readonly Move[], exposesNot: readonly Metric[]): Moves {
  const sums = new Map<string, number>();
  for (const [metric, labels, by] of moves) {
    if (exposesNot.includes(metric)) continue;
    const series = seriesName(nameOf(metric), { app: CONFORMANCE.app, ...labels });
    sums.set(series, (sums.get(series) ?? 0) + by);
  }
  return Object.fromEntries(sums);
}

/** What moved of the server's metrics: counters, gauges, and counts of histograms. */
export function movedSeries(before: Exposition, after: Exposition): Moves {
  const moves = Object.entries(movesBetween(before, after));
  return Object.fromEntries(
    moves.filter(([series, by]) => series.startsWith("ws_") && !PART.test(series) && by !== 0),
  );
}

/** The longest that anything of a step may take on a busy machine; a bound of every layout. */
const PLAUSIBLE_SECONDS = 5;
/** The duration of a connection that ends by silence has the next bound. */
const PLAUSIBLE_CONNECTION_SECONDS = 15;

/** What is wrong with the buckets and sums of the histograms that moved between two scrapes. */
export function implausible(before: Exposition, after: Exposition): string[] {
  const moves = movesBetween(before, after);
  const by = (name: string, labels: Readonly<Record<string, string>> = {}): number =>
    moves[seriesName(name, { app: CONFORMANCE.app, ...labels })] ?? 0;
  return SERVER_METRICS.flatMap((metric) => {
    if (metric.type !== "histogram") return [];
    const { name } = metric;
    const longest = name.includes("connection") ? PLAUSIBLE_CONNECTION_SECONDS : PLAUSIBLE_SECONDS;
    const count = by(`${name}_count`);
    const within = Math.max(...[`${longest}`, `${longest}.0`].map((le) => by(`${name}_bucket`, { le })));
    return [
      ...(within === count ? [] : [`${name}: ${count} observations, ${within} within ${longest} s`]),
      ...(by(`${name}_bucket`, { le: "+Inf" }) === count ? [] : [`${name}: +Inf is not the count`]),
      ...(by(`${name}_sum`) >= 0 && by(`${name}_sum`) <= count * longest ? [] : [`${name}: implausible sum`]),
    ];
  });
}

/** The series of the server's metrics that are exposed and that the catalog does not have. */
export function unknownSeries(exposition: Exposition): string[] {
  const names = new Set(allMetrics(DEFAULT_CATALOG).flatMap(({ metric }) => partsOf(metric)));
  return [...exposition.keys()].filter(
    (series) => series.startsWith("ws_") && !names.has(series.split("{")[0] ?? ""),
  );
}

function partsOf({ name, type }: Metric): string[] {
  return PARTS[type]?.map((part) => `${name}${part}`) ?? [name];
}
