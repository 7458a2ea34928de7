import { SYMPTOMS } from "@sockscope/alerts";
import { runbookPage } from "./page.ts";
import { indexFile, indexPage, pageFile } from "./runbook-index.ts";

/** The generated files of this workspace: path within the repository, and content. */
export function generate(): ReadonlyMap<string, string> {
  return new Map([
    ["runbooks/pages/README.md", indexPage(SYMPTOMS)],
    ["runbooks/pages/index.json", indexFile(SYMPTOMS)],
    ...SYMPTOMS.map(
      (symptom) => [`runbooks/pages/${pageFile(symptom.alert.name)}`, runbookPage(symptom)] as const,
    ),
  ]);
}
