import {
  AUTH_METHOD,
  allMetrics,
  CLIENT_FRAME_EVENTS,
  CLOSE_CODE_LABELS,
  CLOSE_REASON,
  DEFAULT_CATALOG,
  histogramSeries,
  SERVER_FRAME_EVENTS,
} from "@sockscope/catalog";
import { symbolOf } from "./catalog-of.ts";
import type { Mistake } from "./config-error.ts";
import type { Config } from "./declaration.ts";
import { pathText, valueText } from "./mistakes.ts";

/** Labels that every client metric gets from elsewhere, or that Prometheus keeps for itself. */
const TAKEN_LABELS: readonly string[] = ["app", "release", "le", "quantile", "job", "instance"];

/** Label combinations are laid out at start, each of them for every app. */
const MOST_SERIES_PER_METRIC = 1_000;

type Path = readonly (string | number)[];

function mistake(path: Path, problem: string): Mistake {
  return { path: pathText(path), problem };
}

/** What is right by itself, and wrong beside something else. */
export function contradictions(config: Config): Mistake[] {
  const { frames, closeCodes, closeReasons, authMethods, releases = [] } = config;
  return [
    ...repeated(
      ["apps"],
      config.apps.map(({ name }) => name),
      ["name"],
    ),
    ...config.apps.flatMap(({ origins }, position) => repeated(["apps", position, "origins"], origins)),
    ...repeated(["releases"], releases),
    ...ownNames(["frames", "received"], frames.received, SERVER_FRAME_EVENTS),
    ...ownNames(["frames", "sent"], frames.sent, CLIENT_FRAME_EVENTS),
    ...ownNames(["authMethods"], authMethods, AUTH_METHOD),
    ...productKeys(["closeCodes"], closeCodes, CLOSE_CODE_LABELS),
    ...productKeys(["closeReasons"], closeReasons, CLOSE_REASON),
    ...Object.entries(closeReasons).flatMap(([reason, code]) =>
      impossibleCode(["closeReasons", reason], code),
    ),
    ...environmentMistakes(config),
    ...receiverMistakes(config),
    ...metricMistakes(config),
  ];
}

/** A label of the environment that a metric has, too, would be two labels. */
function environmentMistakes({ environmentLabels }: Config): Mistake[] {
  const product = allMetrics(DEFAULT_CATALOG).flatMap(({ metric }) => Object.keys(metric.labels));
  const taken = environmentLabels.flatMap((label, position) =>
    [...TAKEN_LABELS, ...product].includes(label)
      ? [
          mistake(
            ["environmentLabels", position],
            `${valueText(label)} has a meaning of its own; use another name`,
          ),
        ]
      : [],
  );
  return [...taken, ...repeated(["environmentLabels"], environmentLabels)];
}

function receiverMistakes({ receivers: { page } }: Config): Mistake[] {
  return page !== undefined && Object.keys(page).length === 0
    ? [mistake(["receivers", "page"], "tells nobody; name pagerduty, slack or webhook")]
    : [];
}

/** Values of a list that are there before. */
function repeated(path: Path, values: readonly string[], below: Path = []): Mistake[] {
  return values.flatMap((value, position) =>
    values.indexOf(value) === position
      ? []
      : [mistake([...path, position, ...below], `${valueText(value)} is there twice; remove one`)],
  );
}

function ownNames(path: Path, names: readonly string[], product: readonly string[]): Mistake[] {
  const known = names.flatMap((name, position) =>
    product.includes(name)
      ? [mistake([...path, position], `${valueText(name)} is the product's own already; leave it out`)]
      : [],
  );
  return [...known, ...repeated(path, names)];
}

function productKeys(
  path: Path,
  own: Readonly<Record<string, unknown>>,
  product: readonly string[],
): Mistake[] {
  return Object.keys(own)
    .filter((key) => product.includes(key))
    .map((key) =>
      mistake([...path, key], "is the product's own already, with a meaning that stays; use another"),
    );
}

/** See RFC 6455, 7.4: the others are reserved, and a library refuses to send them. */
function impossibleCode(path: Path, code: number): Mistake[] {
  const canBeSent = (code >= 3000 || code <= 1014) && ![1004, 1005, 1006].includes(code);
  return canBeSent
    ? []
    : [
        mistake(
          path,
          `${code} cannot be sent in a close frame; use 1000 to 1003, 1007 to 1014 or 3000 to 4999`,
        ),
      ];
}

/** What a page's module exports beside metrics. */
const TAKEN_SYMBOLS: readonly string[] = ["VOCABULARY"];

/** A page's code refers to metrics by their symbols. */
function symbolMistakes({ counters, histograms }: Config): Mistake[] {
  const paths: Path[] = [
    ...Object.keys(counters).map((name) => ["counters", name]),
    ...Object.keys(histograms).map((name) => ["histograms", name]),
  ];
  const symbols = paths.map((path) => symbolOf(String(path.at(-1))));
  return paths.flatMap((path, position) => {
    const symbol = symbols[position] ?? "";
    return TAKEN_SYMBOLS.includes(symbol) || symbols.indexOf(symbol) !== position
      ? [mistake(path, `would be ${symbol} in a page's code, which is taken; use another name`)]
      : [];
  });
}

function metricMistakes(config: Config): Mistake[] {
  const { counters, histograms, environmentLabels } = config;
  return [
    ...symbolMistakes(config),
    ...Object.entries(counters).flatMap(([name, { labels }]) => [
      ...(name.endsWith("_total")
        ? []
        : [mistake(["counters", name], 'is a counter; let its name end in "_total"')]),
      ...labelMistakes(["counters", name], labels, 1, environmentLabels),
    ]),
    ...Object.entries(histograms).flatMap(([name, { labels, unit, layout, bounds, max }]) => [
      ...nameMistakes(["histograms", name], name, unit),
      ...boundMistakes(["histograms", name], bounds, max),
      ...labelMistakes(
        ["histograms", name],
        labels,
        histogramSeries({ id: layout, bounds, max }),
        environmentLabels,
      ),
    ]),
  ];
}

function nameMistakes(path: Path, name: string, unit: string): Mistake[] {
  if (/_(?:total|bucket|sum|count)$/.test(name))
    return [mistake(path, "ends like a series of another kind of metric; let it end in its unit")];
  const isBaseUnit = ["seconds", "bytes"].includes(unit);
  return isBaseUnit && !name.endsWith(`_${unit}`)
    ? [mistake(path, `is in ${unit}; let it end in "_${unit}"`)]
    : [];
}

function boundMistakes(path: Path, bounds: readonly number[], max: number): Mistake[] {
  const falling = bounds.findIndex((bound, position) => position > 0 && bound <= (bounds[position - 1] ?? 0));
  if (falling > 0)
    return [
      mistake(
        [...path, "bounds", falling],
        `${bounds[falling]} is not above the bound before it; let them ascend`,
      ),
    ];
  const last = bounds.at(-1) ?? 0;
  return max < last
    ? [mistake([...path, "max"], `${max} is below the last bound, ${last}; use at least that`)]
    : [];
}

function labelMistakes(
  path: Path,
  labels: Config["counters"][string]["labels"],
  series: number,
  environmentLabels: readonly string[],
): Mistake[] {
  const taken = Object.keys(labels)
    .filter((label) => [...TAKEN_LABELS, ...environmentLabels].includes(label))
    .map((label) => mistake([...path, "labels", label], "has a meaning of its own; use another name"));
  const twice = Object.entries(labels).flatMap(([label, values]) =>
    repeated([...path, "labels", label], values),
  );
  const all = Object.values(labels).reduce((product, values) => product * values.length, series);
  const tooMany =
    all > MOST_SERIES_PER_METRIC
      ? [mistake([...path, "labels"], `make ${all} series an app; use at most ${MOST_SERIES_PER_METRIC}`)]
      : [];
  return [...taken, ...twice, ...tooMany];
}
