import { MAX_DELTA } from "@sockscope/catalog/protocol";
import { malformed } from "./malformed.ts";
import { numberFromZeroIn, wholeNumberIn } from "./number-in-text.ts";
import type { RequestRefused } from "./request-refused.ts";

/** What a counter gained. */
export interface CounterLine {
  /** Counts the batch's lines from 1. */
  readonly line: number;
  /** The text that names the series. */
  readonly series: string;
  readonly delta: number;
}

/** The buckets that gained something: `counts[i]` in the bucket with the number `buckets[i]`. */
export interface OccupiedBuckets {
  /** Ascending. */
  readonly buckets: readonly number[];
  readonly counts: readonly number[];
}

/** What a histogram gained. */
export interface HistogramLine extends OccupiedBuckets {
  /** Counts the batch's lines from 1. */
  readonly line: number;
  /** The text that names the series. */
  readonly series: string;
  /** The id of a bucket layout. */
  readonly layout: string;
  readonly sum: number;
}

/**
 * A line of two words.
 *
 * @param series the first
 * @throws RequestRefused
 */
export function parseCounter(text: string, line: number, series: string): CounterLine {
  const delta = wholeNumberIn(text, series.length + 1);
  if (!isDelta(delta)) {
    const received = text.slice(series.length + 1);
    throw malformed(
      `the delta of the counter in line ${line}`,
      received,
      `a whole number from 1 to ${MAX_DELTA}`,
    );
  }
  return { line, series, delta };
}

/**
 * A line of four words.
 *
 * @param series the first
 * @param second where the space before the third is
 * @param third where the space before the fourth is
 * @throws RequestRefused
 */
export function parseHistogram(
  text: string,
  line: number,
  series: string,
  second: number,
  third: number,
): HistogramLine {
  const { buckets, counts } = parseBuckets(text.slice(second + 1, third), line);
  return {
    line,
    series,
    layout: text.slice(series.length + 1, second),
    buckets,
    counts,
    sum: parseSum(text.slice(third + 1), line),
  };
}

/** Ascending, so that each bucket is there once. */
function parseBuckets(text: string, line: number): OccupiedBuckets {
  const buckets: number[] = [];
  const counts: number[] = [];
  let before = -1;
  for (let start = 0, end = 0; start <= text.length; start = end + 1) {
    end = endOfPair(text, start);
    const colon = text.indexOf(":", start);
    const bucket = wholeNumberIn(text, start, colon);
    const count = wholeNumberIn(text, colon + 1, end);
    if (!(bucket > before && isDelta(count))) throw malformedBuckets(text, line);
    buckets.push(bucket);
    counts.push(count);
    before = bucket;
  }
  return { buckets, counts };
}

function endOfPair(text: string, start: number): number {
  const comma = text.indexOf(",", start);
  return comma === -1 ? text.length : comma;
}

function malformedBuckets(text: string, line: number): RequestRefused {
  return malformed(
    `the list of buckets of the histogram in line ${line}`,
    text,
    `<bucket>:<count>, separated by commas, ascending, with counts from 1 to ${MAX_DELTA}`,
  );
}

function parseSum(text: string, line: number): number {
  const sum = numberFromZeroIn(text);
  if (!Number.isNaN(sum)) return sum;
  throw malformed(`the sum of the histogram in line ${line}`, text, "a finite number from 0");
}

function isDelta(number: number): boolean {
  return number >= 1 && number <= MAX_DELTA;
}
