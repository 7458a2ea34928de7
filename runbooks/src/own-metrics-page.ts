import type { Catalog, DocumentedMetric, LabelDomain } from "@sockscope/catalog";
import { markdownRow } from "./markdown-row.ts";

const HEAD = ["metric", "type", "in", "labels", "what it counts", "read it as", "do not"];

function labelsText(labels: Readonly<Record<string, LabelDomain>>): string {
  const texts = Object.entries(labels).map(
    ([label, domain]) => `\`${label}\`: ${Array.isArray(domain) ? domain.join(", ") : ""}`,
  );
  return texts.join("; ");
}

function rowOf({ metric, unit, help, readAs, doNot }: DocumentedMetric): string {
  return markdownRow([
    `\`${metric.name}\``,
    metric.type,
    unit,
    labelsText(metric.labels),
    help,
    readAs,
    doNot,
  ]);
}

/** METRICS.md: what a deployment's own metrics mean. */
export function ownMetricsPage({ ownMetrics, hasReleases }: Catalog): string {
  return [
    "<!-- Generated. Change the source or the configuration, not this file. -->",
    "# Own metrics",
    `What pages report beside what Sockscope's own documentation has. Each has the ${hasReleases ? "labels `app` and `release`" : "label `app`"}, too.`,
    [markdownRow(HEAD), `|${HEAD.map(() => "---").join("|")}|`, ...ownMetrics.map(rowOf)].join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}
