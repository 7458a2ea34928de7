import { EXAMPLE_LINKS, inhibitions, type Links, runbookFile, symptoms } from "@sockscope/alerts";
import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { closeCodeGuide } from "./close-code-guide.ts";
import { indexFile } from "./index-file.ts";
import { runbookPage } from "./page.ts";
import { indexPage } from "./runbook-index.ts";

export { clientDoes, closeCodesPage } from "./close-codes-page.ts";
export type { IndexedCause, IndexedQuestion, IndexedRunbook, RunbookIndex } from "./index-file.ts";
export { fence } from "./markdown.ts";
export { markdownRow } from "./markdown-row.ts";
export { olderLayoutText } from "./older-layout-text.ts";
export { ownMetricsPage } from "./own-metrics-page.ts";

/** A page for every alert, their indexes, and one about close codes: file name and content. */
export function runbookFiles(catalog: Catalog, links: Links): ReadonlyMap<string, string> {
  const told = symptoms(catalog);
  return new Map([
    ["README.md", indexPage(told, inhibitions(catalog))],
    ["index.json", indexFile(told)],
    ["CLOSE_CODES.md", closeCodeGuide(catalog, told)],
    ...told.map((symptom) => [runbookFile(symptom), runbookPage(symptom, links)] as const),
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
