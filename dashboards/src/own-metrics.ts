import { crc32 } from "node:zlib";
import type { Catalog, Counter, DocumentedMetric, Histogram } from "@sockscope/catalog";
import { rate, sumBy } from "@sockscope/promql";
import type { DashboardSpec } from "./dashboard.ts";
import { graph } from "./panels/graph.ts";
import type { PanelSpec, Query } from "./panels/panel.ts";
import { interpolatedInWords, quantiles } from "./quantiles.ts";
import { APP, WINDOW } from "./windows.ts";

/** Below it are the ids of panels that somebody numbered. */
const FIRST_ID = 1_000;
const IDS = 1_000_000;

/** Follows from the metric's name alone, so that links hold whatever is configured beside it. */
function panelId(name: string): number {
  return FIRST_ID + (crc32(name) % IDS);
}

const GRAFANA_UNITS: Readonly<Record<string, string>> = { seconds: "s", bytes: "bytes" };

function ended(text: string): string {
  return text === "" || /[.!?]$/.test(text) ? text : `${text}.`;
}

function descriptionOf({ help, readAs, doNot, unit, metric }: DocumentedMetric): string {
  const warning = doNot === "" ? "" : `Do not ${doNot}`;
  const ends = "layout" in metric ? interpolatedInWords(metric, unit === "seconds" ? " s" : ` ${unit}`) : "";
  return [help, readAs, warning, ends]
    .map((text) => ended(text.trim()))
    .filter((text) => text !== "")
    .join(" ");
}

function queriesOf(metric: Counter | Histogram): Query[] {
  if (metric.type === "histogram") {
    return quantiles(metric, APP);
  }
  const labels = Object.keys(metric.labels);
  const legend = labels.map((label) => `{{${label}}}`).join(" ") || metric.name;
  return [{ refId: "rate", expression: sumBy(labels, rate(metric, APP, WINDOW)), legend }];
}

function panelOf(entry: DocumentedMetric): PanelSpec {
  const metric = entry.metric as Counter | Histogram;
  return graph({
    id: panelId(metric.name),
    width: 12,
    height: 8,
    title: metric.name,
    description: descriptionOf(entry),
    unit: metric.type === "counter" ? "cps" : (GRAFANA_UNITS[entry.unit] ?? "short"),
    queries: queriesOf(metric),
    ...(metric.type === "histogram" ? { emptyWhere: "nothing was observed" } : {}),
  });
}

/** What a deployment's own metrics say, a panel each; none where there are none. */
export function ownMetrics({ ownMetrics: own, environmentLabels }: Catalog): readonly DashboardSpec[] {
  if (own.length === 0) return [];
  return [
    {
      uid: "sockscope-own-metrics",
      title: "Sockscope / Own metrics",
      description: "The counters and histograms that the configuration added.",
      variables: [...environmentLabels, "app"],
      sections: [{ panels: own.map(panelOf) }],
    },
  ];
}
