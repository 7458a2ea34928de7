import { runbookFile, type Symptom } from "@sockscope/alerts";
import { markdownRow } from "./markdown-row.ts";

/** What a machine needs to find the runbook of an alert. */
interface IndexEntry {
  readonly alert: string;
  /** Each that one of its rules has. */
  readonly severities: readonly string[];
  readonly summary: string;
  /** Relative to the index; without one, the runbook is not written. */
  readonly page?: string;
}

function entry({ name, summary, rules, runbook }: Symptom): IndexEntry {
  const severities = [...new Set(rules.map(({ severity }) => severity))];
  return { alert: name, severities, summary, ...(runbook && { page: runbookFile({ name }) }) };
}

function rowOf({ alert, severities, summary, page }: IndexEntry): string {
  return markdownRow([page === undefined ? alert : `[${alert}](${page})`, severities.join(", "), summary]);
}

/** pages/README.md: every alert, with a link to what to do about it where that is written. */
export function indexPage(symptoms: readonly Symptom[]): string {
  return [
    "<!-- Generated. Change the source or the configuration, not this file. -->",
    "# Runbooks",
    "Every alert, with its runbook where one is written. `page` wakes somebody up, `ticket` waits for the morning, `none` is for machines.",
    [
      markdownRow(["alert", "severity", "what users feel"]),
      "|---|---|---|",
      ...symptoms.map(entry).map(rowOf),
    ].join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}

/** pages/index.json: the same for machines. */
export function indexFile(symptoms: readonly Symptom[]): string {
  const index = {
    generated: "Generated. Change the source or the configuration, not this file.",
    runbooks: symptoms.map(entry),
  };
  return `${JSON.stringify(index, null, 2)}\n`;
}
