import { ConfigError, type Mistake } from "./config-error.ts";
import { contradictions } from "./contradictions.ts";
import { type Config, DECLARATION } from "./declaration.ts";
import { keysAt } from "./json-schema.ts";
import { declaredMistakes, pathText } from "./mistakes.ts";
import { receivedMistakes } from "./received-mistakes.ts";
import { whatRemains } from "./what-remains.ts";

/**
 * A configuration with its defaults.
 *
 * @param received what a file held
 * @param source the file's name, for the error
 * @throws ConfigError that names every mistake
 */
export function checkConfig(received: unknown, source: string): Config {
  const unreadable = receivedMistakes(received);
  const parsed = DECLARATION.safeParse(received);
  const declared = parsed.success ? [] : declaredMistakes(parsed.error.issues, received, keysAt);
  const known = [...unreadable, ...declared.filter(({ path }) => !unreadable.some((of) => of.path === path))];
  const mistakes = [...known, ...contradictionsIn(received, known)];
  if (mistakes.length > 0 || !parsed.success) throw new ConfigError(source, mistakes);
  return parsed.data;
}

/** Contradictions among what can be read, but for those that are there only because something else cannot be. */
function contradictionsIn(received: unknown, declared: readonly Mistake[]): Mistake[] {
  const remains = whatRemains(received);
  if (remains === undefined) return [];
  return contradictions(remains.config)
    .map(({ path, problem }) => ({ path: pathText(remains.placeOf(path)), problem }))
    .filter(({ path }) => !declared.some((mistake) => isWithin(mistake.path, path)));
}

function isWithin(path: string, of: string): boolean {
  return path === of || path.startsWith(`${of}.`) || path.startsWith(`${of}[`);
}
