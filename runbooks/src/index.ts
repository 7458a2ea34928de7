import { EXAMPLE_LINKS, type Links, runbookFile, symptoms } from "@sockscope/alerts";
import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { runbookPage } from "./page.ts";
import { indexFile, indexPage } from "./runbook-index.ts";

export { clientDoes, closeCodesPage } from "./close-codes-page.ts";
export { fence } from "./markdown.ts";
export { markdownRow } from "./markdown-row.ts";
export { olderLayoutText } from "./older-layout-text.ts";
export { ownMetricsPage } from "./own-metrics-page.ts";

/** A page for every alert whose runbook is written, and their indexes: file name and content. */
export function runbookFiles(catalog: Catalog, links: Links): ReadonlyMap<string, string> {
  const told = symptoms(catalog);
  return new Map([
    ["README.md", indexPage(told)],
    ["index.json", indexFile(told)],
    ...told.flatMap((symptom) =>
      symptom.runbook === undefined
        ? []
        : [[runbookFile(symptom), runbookPage(symptom, symptom.runbook, links)] as const],
    ),
  ]);
}

/** The generated files of this workspace: path within the repository, and content. */
export function generate(): ReadonlyMap<string, string> {
  return new Map(
    [...runbookFiles(DEFAULT_CATALOG, EXAMPLE_LINKS)].map(([file, content]) => [
      `runbooks/pages/${file}`,
      content,
    ]),
  );
}
