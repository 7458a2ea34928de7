/** A series' labels, its name among them as `__name__`. */
export type Labels = Readonly<Record<string, string>>;

/** Lets Grafana name a series by the labels in which it differs from the others. */
export const AUTO_LEGEND = "__auto";

const PLACEHOLDER = /\{\{\s*(.+?)\s*\}\}/g;

/** A text in which `{{label}}` stands for a label's value; what a series does not have is nothing. */
export function filledIn(template: string, labels: Labels): string {
  return template.replaceAll(PLACEHOLDER, (_, label: string) => labels[label] ?? "");
}

/** A series as PromQL writes it. */
function selector({ __name__: name = "", ...labels }: Labels): string {
  const matchers = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return matchers.length === 0 && name !== "" ? name : `${name}{${matchers.join(", ")}}`;
}

/**
 * What a series is called.
 *
 * @param legendFormat as the query has it; nothing means the series as PromQL writes it
 * @returns undefined when Grafana shall find a name by what differs
 */
export function seriesName(
  labels: Labels,
  legendFormat: string | undefined,
  expr: string,
): string | undefined {
  if (legendFormat === AUTO_LEGEND) return Object.keys(labels).length > 0 ? undefined : expr;
  if (legendFormat !== undefined && legendFormat !== "") return filledIn(legendFormat, labels);
  const name = selector(labels);
  return name === "{}" ? expr : name;
}
