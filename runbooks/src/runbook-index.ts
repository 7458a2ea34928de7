import { type Inhibition, runbookFile, type Symptom } from "@sockscope/alerts";
import { severitiesOf } from "./index-file.ts";
import { fence, joined, numberedList } from "./markdown.ts";
import { markdownRow } from "./markdown-row.ts";

function link({ name }: Symptom): string {
  return `[${name}](${runbookFile({ name })})`;
}

function table(symptoms: readonly Symptom[]): string {
  const rows = symptoms.map((symptom) =>
    markdownRow([link(symptom), symptom.runbook.impact, severitiesOf(symptom).join(", ")]),
  );
  return [markdownRow(["alert", "what users feel", "severity"]), "|---|---|---|", ...rows].join("\n");
}

function upstream(inhibitions: readonly Inhibition[], symptoms: readonly Symptom[]): string {
  const named = (names: readonly string[]): string =>
    symptoms
      .filter(({ name }) => names.includes(name))
      .map(link)
      .join(", ");
  return numberedList(
    inhibitions.map(({ source, targets }) => `${named([source])}, before ${named(targets)}.`),
  );
}

/** pages/README.md: which page to open, for somebody who was woken up. */
export function indexPage(symptoms: readonly Symptom[], inhibitions: readonly Inhibition[]): string {
  const pages = symptoms.filter((symptom) => severitiesOf(symptom).includes("page"));
  const others = symptoms.filter((symptom) => !pages.includes(symptom));
  const silent = symptoms.find((symptom) => severitiesOf(symptom).includes("none"));
  const page = joined([
    "<!-- Generated. Change the source or the configuration, not this file. -->",
    "# Runbooks",
    "Open the page of the alert that woke you up. One command asks all that its page asks, of every alert that fires:",
    fence("sh", "sockscope diagnose --prometheus URL"),
    "A close code and no alert? [What each close code means](CLOSE_CODES.md).",
    "## Alerts that page",
    table(pages),
    "## Several at once?",
    'Begin with the first of these that fires. Those after "before" say little while it does, and are kept quiet where it is a page or says all about them.',
    upstream(inhibitions, symptoms),
    "None of these? A page before a ticket, and of two pages the one that stands higher above.",
    "## Alerts that wait for the morning",
    table(others),
    silent === undefined ? undefined : `${link(silent)} fires always: its page is for when it falls silent.`,
    "[index.json](index.json) has all of it for machines.",
  ]);
  return `${page}\n`;
}
