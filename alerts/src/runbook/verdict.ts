import type { CommandQuestion, Healthy } from "./question.ts";

/** What an answer says. `unknown` where there is none, or none that means anything. */
export type Verdict = "healthy" | "unhealthy" | "unknown";

/** What one value says. NaN is what nothing over nothing is. */
export function verdictOf(value: number, { least = -Infinity, most = Infinity }: Healthy): Verdict {
  if (Number.isNaN(value)) return "unknown";
  return value >= least && value <= most ? "healthy" : "unhealthy";
}

/** What the number says that a command prints. */
export function verdictOfCommand(value: number, { healthy, saysNothing }: CommandQuestion): Verdict {
  return saysNothing?.answers.includes(value) === true ? "unknown" : verdictOf(value, healthy);
}
