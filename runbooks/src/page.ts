import {
  type AlertRule,
  type Cause,
  type Check,
  type Links,
  panelUrl,
  type Runbook,
  type Symptom,
} from "@sockscope/alerts";
import { markdownRow } from "./markdown-row.ts";

function fence(language: string, code: string): string {
  return [`\`\`\`${language}`, ...code.split("\n"), "```"].map((line) => `   ${line}`).join("\n");
}

function numbered(check: Check, index: number, verdict: string): string {
  const lines = [`${index + 1}. ${check.action}`];
  if (check.query !== undefined) lines.push("", fence("promql", check.query.promql));
  if (check.command !== undefined) lines.push("", fence("sh", check.command));
  return [...lines, "", `   **${verdict}:** ${check.confirms}`].join("\n");
}

function checks(list: readonly Check[], verdict: string): string {
  return list.map((check, index) => numbered(check, index, verdict)).join("\n\n");
}

function cause(item: Cause, index: number): string {
  return [
    `### ${index + 1}. ${item.title}`,
    checks(item.checks, "It is this"),
    `**Do:** ${item.fix}`,
    `**Undo:** ${item.undo}`,
  ].join("\n\n");
}

const HEAD = ["severity", "of its rules the one with", "holds for", "keeps firing", "panel"];

function ruleRow(rule: AlertRule, links: Links): string {
  const { severity, labels = {}, holds, keepFiringFor, panel } = rule;
  const own = Object.entries(labels).map(([label, value]) => `\`${label}="${value}"\``);
  return markdownRow([
    severity,
    own.join(" ") || "no other label",
    holds ?? "fires at once",
    keepFiringFor === undefined ? "no" : `for ${keepFiringFor} after its condition ended`,
    `[${panel.panel.title}](${panelUrl(rule, links)})`,
  ]);
}

/** When each of an alert's rules fires, and where it leads. */
function whenItFires({ rules }: Symptom, links: Links): string {
  const head = [markdownRow(HEAD), `|${HEAD.map(() => "---").join("|")}|`];
  const expressions = rules.map(({ expression }) => `\`\`\`promql\n${expression.promql}\n\`\`\``);
  return [
    [...head, ...rules.map((rule) => ruleRow(rule, links))].join("\n"),
    `It fires on:`,
    ...expressions,
  ].join("\n\n");
}

/** The Markdown page that the alert's `runbook_url` leads to. */
export function runbookPage(symptom: Symptom, runbook: Runbook, links: Links): string {
  const { name, summary } = symptom;
  const { impact, needs, triage, causes, escalation } = runbook;
  const sections = [
    "<!-- Generated. Change the source or the configuration, not this file. -->",
    `# ${name}`,
    summary,
    whenItFires(symptom, links),
    `## Impact\n\n${impact}`,
    `## Before you start\n\nSet these in your shell:\n\n${needs.map(({ name, meaning }) => `- \`${name}\`: ${meaning}`).join("\n")}`,
    `## First look\n\n${checks(triage, "Read it as")}`,
    "## Causes, the likeliest first",
    ...causes.map(cause),
    `## Nothing of this?\n\n${escalation}`,
  ];
  return `${sections.join("\n\n")}\n`;
}
