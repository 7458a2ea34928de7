/** Something that a developer has to mend, told once. */
export interface Problem {
  /** Stable, with a heading in docs/ERRORS.md; the message is not. */
  readonly code: `SOCKSCOPE_ERR_${string}`;
  /** What happened, what was received, and what to do. */
  readonly message: string;
}

/** Tells the developer, the same only once. Never throws. */
export type Tell = (code: Problem["code"], message: string) => void;

/** How many problems a page tells; a page with so many has told enough. */
const MAX_TOLD = 20;

/**
 * Tells problems on the console and to whoever wants to know.
 *
 * @param onProblem default: nobody
 */
export function createTell(onProblem?: (problem: Problem) => void): Tell {
  const told = new Set<string>();
  return (code, message) => {
    const text = `${code}: ${message}`;
    if (told.has(text) || told.size >= MAX_TOLD) return;
    told.add(text);
    try {
      console.warn(`[sockscope] ${text}`);
      onProblem?.({ code, message });
    } catch {}
  };
}

/** Tells of a value that nobody declared. */
export function tellUnknown(tell: Tell, what: string, value: unknown): void {
  tell("SOCKSCOPE_ERR_UNKNOWN", `${what} ${JSON.stringify(value)} is not declared`);
}
