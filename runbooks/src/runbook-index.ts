import { runbookFile, type Symptom } from "@sockscope/alerts";

/** What a machine needs to find the runbook of an alert. */
interface IndexEntry {
  readonly alert: string;
  readonly severity: string;
  readonly summary: string;
  /** Relative to the index. */
  readonly page: string;
}

function entry({ alert }: Symptom): IndexEntry {
  const { name, severity, summary } = alert;
  return { alert: name, severity, summary, page: runbookFile(alert) };
}

/** pages/README.md: every alert with a link to what to do about it. */
export function indexPage(symptoms: readonly Symptom[]): string {
  const rows = symptoms
    .map(entry)
    .map(({ alert, severity, summary, page }) => `| [${alert}](${page}) | ${severity} | ${summary} |`);
  return [
    "<!-- Generated. Change the source or the configuration, not this file. -->",
    "# Runbooks",
    ["| alert | severity | what users feel |", "|---|---|---|", ...rows].join("\n"),
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
