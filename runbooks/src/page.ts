import { type Alert, type Cause, type Check, type Links, panelUrl, type Symptom } from "@sockscope/alerts";

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

function facts(alert: Alert, links: Links): string {
  const { severity, holds, keepFiringFor, panel } = alert;
  const rows = [
    ["severity", severity],
    ["holds for", holds ?? "fires at once"],
    ["keeps firing", keepFiringFor === undefined ? "no" : `for ${keepFiringFor} after its condition ended`],
    ["panel", `[${panel.panel.title}](${panelUrl(alert, links)})`],
  ];
  return ["| | |", "|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}

/** The Markdown page that the alert's `runbook_url` leads to. */
export function runbookPage({ alert, runbook }: Symptom, links: Links): string {
  const { impact, needs, triage, causes, escalation } = runbook;
  const sections = [
    "<!-- Generated. Change the source or the configuration, not this file. -->",
    `# ${alert.name}`,
    alert.summary,
    facts(alert, links),
    `It fires on:\n\n\`\`\`promql\n${alert.expression.promql}\n\`\`\``,
    `## Impact\n\n${impact}`,
    `## Before you start\n\nSet these in your shell:\n\n${needs.map(({ name, meaning }) => `- \`${name}\`: ${meaning}`).join("\n")}`,
    `## First look\n\n${checks(triage, "Read it as")}`,
    "## Causes, the likeliest first",
    ...causes.map(cause),
    `## Nothing of this?\n\n${escalation}`,
  ];
  return `${sections.join("\n\n")}\n`;
}
