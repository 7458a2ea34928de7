import { basename } from "node:path";

/** What the head of every generated file says, and in a dashboard its description. */
const MARK =
  /Generated(?: by `sockscope generate`)?\. Change the (?:source or the )?configuration, not this (?:file|dashboard)\./;

/** In JSON, which has no comments: a dashboard says it of itself, under its own name; an index in a key of its own. */
function isGeneratedJson(path: string, text: string): boolean {
  const { generated, description, uid } = parsed(text);
  if (typeof generated === "string") return MARK.test(generated);
  // A copy keeps the description; Grafana gives it another uid.
  return typeof description === "string" && MARK.test(description) && `${uid}.json` === basename(path);
}

function parsed(text: string): { readonly [key: string]: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Whether a generator wrote a file: only such a file is overwritten, and only such a file can be stale. */
export function isGenerated(path: string, text: string): boolean {
  if (path.endsWith(".json")) return isGeneratedJson(path, text);
  const [head = ""] = text.split("\n", 1);
  return MARK.test(head);
}
