import type { Catalog, CloseCode, DocumentedMetric, LabelDomain } from "@sockscope/catalog";
import { clientDoes } from "@sockscope/runbooks";
import type { Explanation } from "./explanation.ts";

function labelText([label, domain]: readonly [string, LabelDomain]): string {
  return `${label}: ${Array.isArray(domain) ? domain.join(" ") : "as configured"}`;
}

function metric({ symbol, metric: of, help, unit, readAs, doNot }: DocumentedMetric): Explanation {
  const labels = Object.entries<LabelDomain>(of.labels).map(labelText);
  return {
    kind: "metric",
    name: of.name,
    aliases: [symbol],
    text: help,
    facts: [
      ["Type", `${of.type}, in ${unit}`],
      ["Labels", labels.join("\n") || "none"],
      ...(readAs === "" ? [] : [["Read it as", readAs] as const]),
      ...(doNot === "" ? [] : [["Do not", doNot] as const]),
      ["Declared in", "the configuration"],
    ],
  };
}

function closeCode({ label, name, meaning, policy }: CloseCode, { closeReasons }: Catalog): Explanation {
  const reasons = Object.entries(closeReasons).filter(([, code]) => String(code) === label);
  return {
    kind: "close code",
    name: label,
    aliases: [],
    text: `${name}. ${meaning}`,
    facts: [
      ["A client does", clientDoes(policy)],
      ["The user sees", policy.userSees],
      ...(reasons.length === 0
        ? []
        : [["The server sends it for", reasons.map(([reason]) => reason).join(", ")] as const]),
      ["Declared in", "the configuration"],
    ],
  };
}

/**
 * What a deployment's own names mean.
 *
 * @param known what is explained already
 */
export function ownExplanations(catalog: Catalog, known: readonly Explanation[]): readonly Explanation[] {
  const isOwn = ({ label }: CloseCode) => !known.some(({ name }) => name === label);
  return [
    ...catalog.ownMetrics.map(metric),
    ...catalog.closeCodes.filter(isOwn).map((code) => closeCode(code, catalog)),
  ];
}
