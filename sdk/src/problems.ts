/** Something that a developer has to mend, told once. */
export interface Problem {
  /** Stable, with a heading in docs/ERRORS.md; the message is not. */
  readonly code: `SOCKSCOPE_ERR_${string}`;
  /** What happened, what was received, and what to do. */
  readonly message: string;
}

/** Tells the developer: each code once, and each value that nobody declared. Never throws. */
export type Tell = (code: Problem["code"], message: string) => void;

/** Something was named that nobody declared. */
export const UNKNOWN = "SOCKSCOPE_ERR_UNKNOWN";

/** How many values that nobody declared are told: frames may be named by what never ends. */
export const MAX_UNKNOWN = 50;

/**
 * Tells problems on the console and to whoever wants to know.
 *
 * @param whose the collector, the app and the origin, which a message ends with
 * @param onProblem default: nobody
 */
export function createTell(whose: string, onProblem: (problem: Problem) => void = () => {}): Tell {
  const told = new Set<string>();
  return (code, what) => {
    const isUnknown = code === UNKNOWN;
    const key = isUnknown ? what : code;
    const message = `${what} (${whose})`;
    if (told.has(key) || (isUnknown && told.size >= MAX_UNKNOWN)) return;
    told.add(key);
    try {
      try {
        console.warn(`[sockscope] ${code}: ${message}`);
      } finally {
        onProblem({ code, message });
      }
    } catch {}
  };
}

/** Tells of a value that nobody declared. */
export function tellUnknown(tell: Tell, what: string, value: unknown): void {
  tell(UNKNOWN, `${what} ${textOf(value)} is not declared: what has it counts as "other", or not at all`);
}

/** A value as a message shows it, whatever it is: not every one can be printed. Of a fault it is what that says. */
export function textOf(value: unknown): string {
  try {
    if (value instanceof Error) return value.message;
    return (typeof value === "string" ? JSON.stringify(value) : String(value)).slice(0, 200);
  } catch {
    return `a ${typeof value}`;
  }
}
