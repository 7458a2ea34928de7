const LONGEST_EXCERPT = 48;

/** A received value in a refusal's message: short whatever was sent, and never a structure that could be deep. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return describeText(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** The same of a value in a body, of which no text is quoted. */
export function describeKind(value: unknown): string {
  return typeof value === "string" ? `a text of ${value.length}` : describeValue(value);
}

function describeText(text: string): string {
  return text.length <= LONGEST_EXCERPT
    ? JSON.stringify(text)
    : `${JSON.stringify(text.slice(0, LONGEST_EXCERPT))}...`;
}
