import type { Period } from "@sockscope/catalog";
import { PromqlError } from "./promql-error.ts";

/**
 * What Grafana replaces: `$__rate_interval` by a window that fits the panel's resolution, `$__range` by all that the reader
 * looks at.
 */
export const GRAFANA_RANGES = ["$__rate_interval", "$__range"] as const;

/** A window of time as PromQL writes it, or one that Grafana chooses. */
export type Range = Period | (typeof GRAFANA_RANGES)[number];

/** Grafana's distance of two points of a graph: too short for a rate, and just what lies between them for a subquery. */
export const STEP = "$__interval";

/** What a subquery looks back over. */
export type SubqueryRange = Range | typeof STEP;

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 };
const WORDS = { s: "second", m: "minute", h: "hour", d: "day" };

function parts(period: Period): { count: number; unit: keyof typeof SECONDS } {
  const [, count, unit] = /^([1-9]\d*)([smhd])$/.exec(period) ?? [];
  if (count === undefined) {
    throw new PromqlError(`${period} is no period; write a whole number above 0 and one of s, m, h and d.`);
  }
  return { count: Number(count), unit: unit as keyof typeof SECONDS };
}

/** The same range. Throws a {@link PromqlError} for what Prometheus would not read. */
export function checkedRange<R extends SubqueryRange>(range: R): R {
  if (![...GRAFANA_RANGES, STEP].some((known) => known === range)) parts(range as Period);
  return range;
}

/** How long a period is, in seconds: 300 for `5m`. Throws a {@link PromqlError} for what is no period. */
export function rangeSeconds(period: Period): number {
  const { count, unit } = parts(period);
  return count * SECONDS[unit];
}

/** A period as a sentence says it after "within the last": `5 minutes`, `hour`. Throws a {@link PromqlError} likewise. */
export function rangeInWords(period: Period): string {
  const { count, unit } = parts(period);
  return count === 1 ? WORDS[unit] : `${count} ${WORDS[unit]}s`;
}
