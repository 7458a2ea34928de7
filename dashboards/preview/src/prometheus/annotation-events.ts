import { filledIn, type Labels } from "./legend.ts";
import type { Sample } from "./sample.ts";

/** What an annotation's query says besides its expression. */
export interface AnnotationFormat {
  readonly titleFormat?: string | undefined;
  readonly textFormat?: string | undefined;
  /** Labels whose values become tags, separated by commas. */
  readonly tagKeys?: string | undefined;
  /** The value is the moment, in ms, instead of a sign that something is so. */
  readonly useValueForTime?: boolean | undefined;
}

/** A series of an annotation's query; times in ms. */
export interface AnnotationSeries {
  readonly labels: Labels;
  readonly times: readonly number[];
  readonly values: readonly Sample[];
}

/** Something that happened, or was so for a while. */
export interface AnnotatedEvent {
  readonly time: number;
  readonly timeEnd: number;
  readonly title: string;
  readonly text: string;
  readonly tags: string[];
}

function moments({ times, values }: AnnotationSeries, useValueForTime: boolean): number[] {
  if (useValueForTime) return values.filter((value) => value !== null).map(Math.floor);
  return times.filter((_, i) => (values[i] ?? 0) > 0);
}

/** Moments that are no more than a step apart are one while. */
function whiles(times: readonly number[], stepMs: number): { time: number; timeEnd: number }[] {
  const found: { time: number; timeEnd: number }[] = [];
  for (const time of times) {
    const last = found.at(-1);
    if (last !== undefined && last.timeEnd + stepMs >= time) last.timeEnd = time;
    else found.push({ time, timeEnd: time });
  }
  return found;
}

/** What the series of an annotation's query say: an event wherever a value is above zero. */
export function annotationEvents(
  series: readonly AnnotationSeries[],
  { titleFormat = "", textFormat = "", tagKeys = "", useValueForTime = false }: AnnotationFormat,
  stepMs: number,
): AnnotatedEvent[] {
  const keys = new Set(tagKeys.split(",").map((key) => key.trim()));
  return series.flatMap((one) => {
    const said = {
      title: filledIn(titleFormat, one.labels),
      text: filledIn(textFormat, one.labels),
      tags: Object.entries(one.labels).flatMap(([label, value]) => (keys.has(label) ? [value] : [])),
    };
    return whiles(moments(one, useValueForTime), stepMs).map((when) => ({ ...when, ...said }));
  });
}
