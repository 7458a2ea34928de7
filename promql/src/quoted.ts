/** A text as the inside of PromQL's quotes. */
export function escapeString(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

/** A text in PromQL's quotes. */
export function quoted(value: string): string {
  return `"${escapeString(value)}"`;
}
