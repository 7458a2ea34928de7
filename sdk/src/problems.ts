/** Something that a developer has to mend, told once. */
export interface Problem {
  /** Stable, with a heading in docs/ERRORS.md; the message is not. */
  readonly code: `SOCKSCOPE_ERR_${string}`;
  /** What happened, what was received, and what to do. */
  readonly message: string;
}

/** Tells the developer; every code and subject once. Never throws. */
export type Tell = (code: Problem["code"], message: string, subject?: unknown) => void;

/** How many problems are told that have a subject: frames may be named by what never ends. */
export const MAX_SUBJECTS = 50;

/**
 * Tells problems on the console and to whoever wants to know.
 *
 * @param onProblem default: nobody
 */
export function createTell(onProblem: (problem: Problem) => void = () => {}): Tell {
  const told = new Set<string>();
  return (code, message, subject = "") => {
    try {
      const key = code + String(subject);
      if (told.has(key) || (subject !== "" && told.size >= MAX_SUBJECTS)) return;
      told.add(key);
      try {
        console.warn(`[sockscope] ${code}: ${message}`);
      } finally {
        onProblem({ code, message });
      }
    } catch {}
  };
}
