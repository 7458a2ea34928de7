import { histogramSeries } from "@sockscope/catalog";
import { symbolOf } from "../catalog-of.ts";
import type { Config } from "../declaration.ts";
import { valueText } from "../mistakes.ts";
import { layoutMistakes } from "./layouts.ts";
import { type Contradiction, mistakeAt, type Path, repeated } from "./mistake-at.ts";
import { olderLayoutMistakes, SERIES_OF_ANOTHER_KIND } from "./older-layouts.ts";
import { TAKEN_LABELS } from "./taken-labels.ts";

/** Label combinations are laid out at start, each of them for every app. */
const MOST_SERIES_PER_METRIC = 1_000;

/** What a page's module exports beside metrics. */
const TAKEN_SYMBOLS: readonly string[] = ["VOCABULARY"];

/** A page's code refers to metrics by their symbols. */
function symbolMistakes({ counters, histograms }: Config): Contradiction[] {
  const paths: Path[] = [
    ...Object.keys(counters).map((name) => ["counters", name]),
    ...Object.keys(histograms).map((name) => ["histograms", name]),
  ];
  const symbols = paths.map((path) => symbolOf(String(path.at(-1))));
  return paths.flatMap((path, position) => {
    const symbol = symbols[position] ?? "";
    return TAKEN_SYMBOLS.includes(symbol) || symbols.indexOf(symbol) !== position
      ? [mistakeAt(path, `would be ${symbol} in a page's code, which is taken; use another name`)]
      : [];
  });
}

/** What is wrong with a deployment's own metrics. */
export function metricMistakes(config: Config): Contradiction[] {
  const { counters, histograms, environmentLabels } = config;
  return [
    ...symbolMistakes(config),
    ...layoutMistakes(config),
    ...Object.entries(counters).flatMap(([name, { labels, unit }]) => [
      ...(name.endsWith("_total")
        ? []
        : [mistakeAt(["counters", name], 'is a counter; let its name end in "_total"')]),
      ...unitMistakes(["counters", name], name.replace(/_total$/, ""), unit),
      ...labelMistakes(["counters", name], labels, 1, environmentLabels),
    ]),
    ...Object.entries(histograms).flatMap(([name, histogram]) => [
      ...nameMistakes(["histograms", name], name, histogram.unit),
      ...boundMistakes(["histograms", name], histogram.bounds, histogram.max),
      ...histogram.olderLayouts.flatMap(({ bounds, max }, position) =>
        boundMistakes(["histograms", name, "olderLayouts", position], bounds, max),
      ),
      ...labelMistakes(
        ["histograms", name],
        histogram.labels,
        seriesOfHistogram(histogram),
        environmentLabels,
      ),
    ]),
    ...olderLayoutMistakes(config),
  ];
}

/** Of one label combination, with the older layouts that stay histograms of their own. */
function seriesOfHistogram({ layout: id, bounds, max, olderLayouts }: Config["histograms"][string]): number {
  const kept = olderLayouts.filter(({ keptAs }) => keptAs !== undefined);
  return [{ id, bounds, max }, ...kept].reduce((series, layout) => series + histogramSeries(layout), 0);
}

function nameMistakes(path: Path, name: string, unit: string): Contradiction[] {
  if (SERIES_OF_ANOTHER_KIND.test(name))
    return [mistakeAt(path, "ends like a series of another kind of metric; let it end in its unit")];
  const isBaseUnit = ["seconds", "bytes"].includes(unit);
  return isBaseUnit && !name.endsWith(`_${unit}`)
    ? [mistakeAt(path, `is in ${unit}; let it end in "_${unit}"`)]
    : unitMistakes(path, name, unit);
}

/** What a name ends in that says its unit. */
const UNITS: readonly string[] = [
  ...["seconds", "milliseconds", "microseconds", "nanoseconds", "minutes", "hours", "days"],
  ...["bytes", "kilobytes", "megabytes", "gigabytes", "kibibytes", "mebibytes", "bits"],
  ...["ratio", "percent", "meters", "grams", "celsius", "volts", "amperes", "joules", "watts"],
];

/** A name is all that a query shows of a unit. */
function unitMistakes(path: Path, name: string, unit: string): Contradiction[] {
  const said = name.split("_").at(-1) ?? "";
  return UNITS.includes(said) && said !== unit
    ? [
        mistakeAt(
          path,
          `is in ${valueText(unit)} by its \`unit\`, and in ${said} by its name; let both say the same`,
        ),
      ]
    : [];
}

function boundMistakes(path: Path, bounds: readonly number[], max: number): Contradiction[] {
  const falling = bounds.findIndex((bound, position) => position > 0 && bound <= (bounds[position - 1] ?? 0));
  if (falling > 0)
    return [
      mistakeAt(
        [...path, "bounds", falling],
        `${bounds[falling]} is not above the bound before it; let them ascend`,
      ),
    ];
  const last = bounds.at(-1) ?? 0;
  return max < last
    ? [mistakeAt([...path, "max"], `${max} is below the last bound, ${last}; use at least that`)]
    : [];
}

function labelMistakes(
  path: Path,
  labels: Config["counters"][string]["labels"],
  series: number,
  environmentLabels: readonly string[],
): Contradiction[] {
  const taken = Object.keys(labels)
    .filter((label) => [...TAKEN_LABELS, ...environmentLabels].includes(label))
    .map((label) => mistakeAt([...path, "labels", label], "has a meaning of its own; use another name"));
  const twice = Object.entries(labels).flatMap(([label, values]) =>
    repeated([...path, "labels", label], values),
  );
  const all = Object.values(labels).reduce((product, values) => product * values.length, series);
  const tooMany =
    all > MOST_SERIES_PER_METRIC
      ? [mistakeAt([...path, "labels"], `make ${all} series an app; use at most ${MOST_SERIES_PER_METRIC}`)]
      : [];
  return [...taken, ...twice, ...tooMany];
}
