import { wrap } from "../wrap.ts";
import type { Explanation } from "./explanation.ts";

const COLUMNS = 80;
const INDENT = "  ";

/** A query keeps the lines that it has; everything else is wrapped. */
function body(text: string): string[] {
  const lines = text.includes("\n") ? text.split("\n") : wrap(text, COLUMNS - INDENT.length);
  return lines.map((line) => `${INDENT}${line}`.trimEnd());
}

/** An explanation for a terminal: plain text, 80 columns where words allow it. */
export function formatExplanation({ kind, name, aliases, text, facts }: Explanation): string {
  const also = aliases.length === 0 ? "" : `, ${aliases.join(", ")}`;
  return [
    `${name} (${kind}${also})`,
    "",
    ...wrap(text, COLUMNS),
    ...facts.flatMap(([fact, value]) => ["", `${fact}:`, ...body(value)]),
  ].join("\n");
}
