import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { LabelSet } from "@sockscope/catalog";
import type { SyntheticSeries } from "./series.ts";

/** When targets are scraped, in seconds since 1970. */
export interface Scrapes {
  readonly from: number;
  readonly until: number;
  readonly everySeconds: number;
}

function escaped(value: string): string {
  return value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n");
}

/** A series' name and labels in the text format. */
export function seriesText(name: string, labels: LabelSet): string {
  const inside = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return `${name}{${inside.join(",")}}`;
}

function samplesText({ name, labels, phase, at }: SyntheticSeries, scrapes: Scrapes): string {
  const series = seriesText(name, labels);
  let text = "";
  for (let moment = scrapes.from + phase; moment <= scrapes.until; moment += scrapes.everySeconds) {
    const value = at(moment);
    if (value !== undefined) text += `${series} ${value} ${moment.toFixed(3)}\n`;
  }
  return text;
}

function* text(series: Iterable<SyntheticSeries>, scrapes: Scrapes): Generator<string> {
  for (const one of series) yield samplesText(one, scrapes);
  yield "# EOF\n";
}

/** Writes what scrapes would have found, as promtool reads it. */
export async function writeOpenMetrics(
  file: string,
  series: Iterable<SyntheticSeries>,
  scrapes: Scrapes,
): Promise<void> {
  await pipeline(Readable.from(text(series, scrapes)), createWriteStream(file));
}
