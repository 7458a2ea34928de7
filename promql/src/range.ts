import type { Period } from "@sockscope/catalog";
import { PromqlError } from "./promql-error.ts";

/** A window of time as PromQL writes it. Grafana replaces `$__rate_interval` by one that fits the panel. */
export type Range = Period | "$__rate_interval";

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 };
const WORDS = { s: "second", m: "minute", h: "hour", d: "day" };

function parts(period: Period): { count: number; unit: keyof typeof SECONDS } {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(period) ?? [];
  if (count === undefined) {
    throw new PromqlError(`${period} is no period; write a whole number and one of s, m, h and d.`);
  }
  return { count: Number(count), unit: unit as keyof typeof SECONDS };
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
