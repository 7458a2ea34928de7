import { EXAMPLE_LINKS, type Links, runbookFile, SYMPTOMS } from "@sockscope/alerts";
import { runbookPage } from "./page.ts";
import { indexFile, indexPage } from "./runbook-index.ts";

/** A page for every alert that has a runbook, and their indexes: file name and content. */
export function runbookFiles(links: Links): ReadonlyMap<string, string> {
  return new Map([
    ["README.md", indexPage(SYMPTOMS)],
    ["index.json", indexFile(SYMPTOMS)],
    ...SYMPTOMS.map((symptom) => [runbookFile(symptom.alert), runbookPage(symptom, links)] as const),
  ]);
}

/** The generated files of this workspace: path within the repository, and content. */
export function generate(): ReadonlyMap<string, string> {
  return new Map(
    [...runbookFiles(EXAMPLE_LINKS)].map(([file, content]) => [`runbooks/pages/${file}`, content]),
  );
}
