import { UsageError } from "../usage-error.ts";

const SECONDS_OF = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
const AGO = /^(?<amount>\d+)(?<unit>[smhd])$/;
/** Without its zone, a time is another one on another machine. */
const WITH_ZONE = /(?:Z|[+-]\d{2}:?\d{2}|UTC|GMT)$/i;

function secondsOf(text: string, now: number): number {
  const { amount, unit } = AGO.exec(text)?.groups ?? {};
  if (unit !== undefined) return now - Number(amount) * SECONDS_OF[unit as keyof typeof SECONDS_OF];
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  return WITH_ZONE.test(text) ? Date.parse(text) / 1000 : Number.NaN;
}

/**
 * Reads a moment of the past: a time with its zone, seconds since 1970, or how long ago it is, such as `15m`.
 *
 * @param now and the answer are in seconds since 1970
 * @throws UsageError
 */
export function parseMoment(text: string, now: number): number {
  const seconds = secondsOf(text, now);
  if (!(seconds >= 0))
    throw new UsageError(
      `--at is "${text}"; use a time with its zone, such as 2026-11-30T20:00Z, or how long ago, such as 15m or 2h`,
    );
  if (seconds > now) throw new UsageError(`--at is "${text}", which is to come; use a time that has been`);
  return seconds;
}
