import type { LabelSet, Metric } from "@sockscope/catalog";

/** The value of every series, by a name in which the labels are sorted. */
export type Exposition = ReadonlyMap<string, number>;

/** By how much series moved. */
export type Moves = Readonly<Record<string, number>>;

const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** A series' name with its labels sorted, so that it can be compared with what anybody exposes. */
export function seriesName(metric: string, labels: LabelSet): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return `${metric}{${pairs.sort().join(",")}}`;
}

function parseLine(line: string): [series: string, value: number] {
  const space = line.lastIndexOf(" ");
  const series = line.slice(0, space);
  const [metric = ""] = series.split("{", 1);
  const labels = Object.fromEntries([...series.matchAll(LABEL)].map(([, name, value]) => [name, value]));
  return [seriesName(metric, labels), Number(line.slice(space + 1).replace("Inf", "Infinity"))];
}

/** Everything that is exposed at this moment. */
export async function scrape(metricsUrl: string): Promise<Exposition> {
  const lines = (await (await fetch(metricsUrl)).text()).split("\n");
  return new Map(lines.filter((line) => line !== "" && !line.startsWith("#")).map(parseLine));
}

/** What differs between two scrapes; a series that only one of them has counts from zero, or to it. */
export function movesBetween(before: Exposition, after: Exposition): Moves {
  const names = new Set([...before.keys(), ...after.keys()]);
  const moves = [...names].map((name) => [name, (after.get(name) ?? 0) - (before.get(name) ?? 0)] as const);
  return Object.fromEntries(moves.filter(([name, by]) => by !== 0 || before.has(name) !== after.has(name)));
}

/** The series of one metric that are not zero, by their labels other than the app. */
export function movedSeries(exposition: Exposition, { name }: Metric): Moves {
  const series = [...exposition].filter(([key, value]) => key.startsWith(`${name}{`) && value !== 0);
  return Object.fromEntries(
    series.map(([key, value]) => [key.replace(/,?app="[^"]*"/, "").replace("{,", "{"), value]),
  );
}

/** What a counter has counted in all its series, or how many values a histogram has observed. */
export function totalOf(exposition: Exposition, metric: Metric): number {
  const name = metric.type === "histogram" ? `${metric.name}_count` : metric.name;
  return Object.values(movedSeries(exposition, { ...metric, name })).reduce((sum, value) => sum + value, 0);
}
