import { metricsOfPages, mostSeries } from "@sockscope/catalog";
import { catalogOf } from "../catalog-of.ts";
import type { Config } from "../declaration.ts";
import { type Contradiction, mistakeAt } from "./mistake-at.ts";

/** A collector makes all its series when it starts. */
export function seriesMistakes(config: Config): Contradiction[] {
  const { maxSeries } = config;
  const catalog = catalogOf(config);
  const apps = config.apps.map(({ name }) => name);
  const most = mostSeries(catalog, apps);
  if (most <= maxSeries) return [];
  const [largest] = metricsOfPages(catalog)
    .map((documented) => ({
      name: documented.metric.name,
      series: mostSeries(catalog, apps, [documented]),
    }))
    .sort((one, other) => other.series - one.series);
  const mostOf = largest === undefined ? "" : ` (${largest.name} alone has ${largest.series})`;
  return [
    mistakeAt(
      ["maxSeries"],
      `at most ${maxSeries} series may come of ${counted(apps.length, "app")}, but ${most} can${mostOf}; take apps or values of labels away, or raise it`,
    ),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
