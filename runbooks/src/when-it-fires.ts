import { type AlertRule, type Links, panelUrl, type Symptom } from "@sockscope/alerts";
import { fence, joined } from "./markdown.ts";
import { markdownRow } from "./markdown-row.ts";

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
export function whenItFires({ rules }: Symptom, links: Links): string {
  const head = [markdownRow(HEAD), `|${HEAD.map(() => "---").join("|")}|`];
  return joined([
    [...head, ...rules.map((rule) => ruleRow(rule, links))].join("\n"),
    "It fires on:",
    ...rules.map(({ expression }) => fence("promql", expression.promql)),
  ]);
}
