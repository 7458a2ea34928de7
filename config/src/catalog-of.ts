import {
  type AlertName,
  type Catalog,
  createCatalog,
  type DocumentedMetric,
  type Metric,
  type OlderLayout,
} from "@sockscope/catalog";
import type { Config } from "./declaration.ts";

/** The product's own catalog with what a configuration adds. */
export function catalogOf({ frames, closeCodes, closeReasons, authMethods, ...config }: Config): Catalog {
  return createCatalog({
    frames,
    closeCodes,
    closeReasons,
    authMethods,
    metrics: metricsOf(config),
    hasReleases: config.releases !== undefined,
    targets: config.targets,
    thresholds: config.alerts,
    silencedAlerts: silencedIn(config),
    jobs: config.jobs,
    environmentLabels: config.environmentLabels,
  });
}

function silencedIn({ alerts }: Pick<Config, "alerts">): AlertName[] {
  const said = Object.entries(alerts) as [AlertName, { readonly on: boolean } | undefined][];
  return said.filter(([, alert]) => alert?.on === false).map(([name]) => name);
}

function metricsOf({ counters, histograms }: Pick<Config, "counters" | "histograms">): DocumentedMetric[] {
  return [
    ...Object.entries(counters).map(([name, { labels, ...meaning }]) =>
      documented({ type: "counter", name, labels }, meaning),
    ),
    ...Object.entries(histograms).map(
      ([name, { labels, layout: id, bounds, max, olderLayouts, ...meaning }]) => ({
        ...documented({ type: "histogram", name, labels, layout: { id, bounds, max } }, meaning),
        ...(olderLayouts.length > 0 && { olderLayouts: olderLayouts.map(olderLayout) }),
      }),
    ),
  ];
}

function olderLayout({
  keptAs,
  ...layout
}: Config["histograms"][string]["olderLayouts"][number]): OlderLayout {
  return keptAs === undefined ? { layout } : { layout, keptAs };
}

type Meaning = Pick<Config["counters"][string], "help" | "unit" | "readAs" | "doNot">;

function documented(metric: Metric, { help, unit, readAs = "", doNot = "" }: Meaning): DocumentedMetric {
  return { symbol: symbolOf(metric.name), metric, help, unit, readAs, doNot };
}

/** The name under which a page's code refers to a metric: `orders_placed_total` is `ORDERS_PLACED`. */
export function symbolOf(name: string): string {
  return name.replace(/_total$/, "").toUpperCase();
}
