/** A fenced block of code. */
export function fence(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}

/** The parts of a page that are there, a blank line between them. */
export function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}

/** Indents every line, so that Markdown keeps it within an item of a list. */
export function indented(text: string, spaces = 3): string {
  return text.replaceAll(/^(?=.)/gm, " ".repeat(spaces));
}

/** A numbered list, of items that may be of several blocks. */
export function numberedList(items: readonly string[]): string {
  return items.map((item, index) => `${index + 1}. ${indented(item).trimStart()}`).join("\n\n");
}
