/** A row of a Markdown table, whatever is in its cells. */
export function markdownRow(cells: readonly string[]): string {
  const safe = cells.map((cell) =>
    cell.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll(/\s+/g, " "),
  );
  return `| ${safe.join(" | ")} |`;
}
