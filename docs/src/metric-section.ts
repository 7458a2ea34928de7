import type { DocumentedMetric } from "@sockscope/catalog";
import { olderLayoutText } from "@sockscope/runbooks";
import { labelTexts } from "sockscope";
import { type ReadingWithFile, readingsWithFiles } from "./readers.ts";
import { filesUsing } from "./symbol-uses.ts";

function layoutLines({ metric, olderLayouts = [] }: DocumentedMetric): string[] {
  if (!("layout" in metric)) return [];
  const { id, bounds } = metric.layout;
  return [
    `- buckets \`${id}\`: ${bounds.join(", ")}`,
    ...olderLayouts.map((older) => `- ${olderLayoutText(older)}`),
  ];
}

function links(files: readonly string[]): string {
  return files.length === 0 ? "nobody yet" : files.map((file) => `[${file}](../${file})`).join(", ");
}

function readingText({ reader: { kind, name }, file, through }: ReadingWithFile): string {
  const way = through === undefined ? "" : ` through \`${through}\``;
  return `${kind} [${name}](../${file})${way}`;
}

/** Who reads a metric or a recorded expression, with links. */
function readers(name: string): string {
  return readingsWithFiles(name).map(readingText).join(", ") || "nobody yet";
}

/**
 * All about one metric.
 *
 * @param workspaces where it may be recorded
 */
export function metricSection(entry: DocumentedMetric, workspaces: readonly string[]): string {
  const { symbol, metric, help, unit, readAs, doNot } = entry;
  const facts = [
    `- ${metric.type.replace("_", " ")}, in ${unit}; \`${symbol}\` in the source`,
    ...labelTexts(entry).map((text) => `- ${text}`),
    ...layoutLines(entry),
    `- recorded by: ${links(filesUsing(symbol, workspaces))}`,
    `- read by: ${readers(metric.name)}`,
  ];
  return [
    `### ${metric.name}`,
    help,
    `**Read it as:** ${readAs}`,
    `**Do not:** ${doNot}`,
    facts.join("\n"),
  ].join("\n\n");
}
