import { ConfigError } from "./config-error.ts";
import { contradictions } from "./contradictions.ts";
import { type Config, DECLARATION } from "./declaration.ts";
import { keysAt } from "./json-schema.ts";
import { declaredMistakes } from "./mistakes.ts";

/**
 * A configuration with its defaults.
 *
 * @param received what a file held
 * @param source the file's name, for the error
 * @throws ConfigError that names every mistake
 */
export function checkConfig(received: unknown, source: string): Config {
  const parsed = DECLARATION.safeParse(received);
  if (!parsed.success) throw new ConfigError(source, declaredMistakes(parsed.error.issues, received, keysAt));
  const mistakes = contradictions(parsed.data);
  if (mistakes.length > 0) throw new ConfigError(source, mistakes);
  return parsed.data;
}
