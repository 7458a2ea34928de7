import { type DocumentedMetric, type LabelDomain, labelCombinations } from "@sockscope/catalog";

function domainText(domain: LabelDomain): string {
  if (!("kind" in domain)) return domain.map((value) => `\`${value}\``).join(" ");
  if (domain.kind === "capped") return `the first ${domain.top}, then \`${domain.other}\``;
  return domain.other === undefined ? "as configured" : `as configured, or \`${domain.other}\``;
}

/** Each label with its values, and how many combinations there are where some cannot be. */
export function labelTexts({ metric, impossible }: DocumentedMetric): string[] {
  const optIn = "optInLabels" in metric ? Object.entries(metric.optInLabels ?? {}) : [];
  const texts = [
    ...Object.entries<LabelDomain>(metric.labels).map(
      ([name, domain]) => `\`${name}\`: ${domainText(domain)}`,
    ),
    ...optIn.map(([name, domain]) => `\`${name}\`, opt-in: ${domainText(domain)}`),
  ];
  if (impossible === undefined) return texts;
  const possible = labelCombinations({ metric, impossible }).length;
  return [...texts, `of all combinations, ${possible} can occur; the others have no series`];
}
