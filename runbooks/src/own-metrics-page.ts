import type { Catalog, DocumentedMetric, LabelDomain } from "@sockscope/catalog";
import { markdownRow } from "./markdown-row.ts";
import { olderLayoutText } from "./older-layout-text.ts";

const HEAD = ["metric", "type", "in", "labels", "buckets", "what it counts", "read it as", "do not"];

function labelsText(labels: Readonly<Record<string, LabelDomain>>): string {
  const texts = Object.entries(labels).map(
    ([label, domain]) => `\`${label}\`: ${Array.isArray(domain) ? domain.join(", ") : ""}`,
  );
  return texts.join("; ");
}

function bucketsText({ metric, olderLayouts = [] }: DocumentedMetric): string {
  if (!("layout" in metric)) return "";
  return [
    `\`${metric.layout.id}\`: ${metric.layout.bounds.join(", ")}`,
    ...olderLayouts.map(olderLayoutText),
  ].join("; ");
}

function rowOf(documented: DocumentedMetric): string {
  const { metric, unit, help, readAs, doNot } = documented;
  return markdownRow([
    `\`${metric.name}\``,
    metric.type,
    unit,
    labelsText(metric.labels),
    bucketsText(documented),
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
