import { readFile } from "node:fs/promises";
import { basename, extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { checkConfig } from "./check-config.ts";
import { ConfigError } from "./config-error.ts";
import type { Config, ConfigInput } from "./declaration.ts";
import { jsonFault } from "./json-fault.ts";

/** A module is run to be read, so nothing else is taken for one. */
const KINDS: readonly string[] = [".json", ".js", ".mjs", ".ts", ".mts"];

/** Types a configuration in a TypeScript or JavaScript file: `export default defineConfig({ ... })`. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}

/**
 * Reads and checks a configuration.
 *
 * @param file a `.json` file, or a `.js`, `.mjs`, `.ts` or `.mts` file whose default export is the configuration
 * @throws ConfigError when it cannot be read or cannot work
 */
export async function readConfig(file: string): Promise<Config> {
  const source = basename(file);
  if (!KINDS.includes(extname(file))) {
    const problem = `is of no kind that is read; use one of ${KINDS.join(", ")}`;
    throw new ConfigError(source, [{ path: "", problem }]);
  }
  const received =
    extname(file) === ".json" ? await readJson(file, source) : await importDefault(file, source);
  return checkConfig(received, source);
}

async function readJson(file: string, source: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw unreadable(source, error, "check its path and permissions");
  });
  const json = text.replace(/^\uFEFF/, "");
  try {
    return JSON.parse(json);
  } catch {
    const { line, column } = jsonFault(json);
    const problem = `is no JSON from line ${line}, column ${column} on; correct it, without comments and trailing commas`;
    throw new ConfigError(source, [{ path: "", problem }]);
  }
}

async function importDefault(file: string, source: string): Promise<unknown> {
  try {
    const { default: config } = (await import(pathToFileURL(resolve(file)).href)) as { default?: unknown };
    if (config !== undefined) return config;
  } catch (error) {
    const isTypeScript = /\.m?ts$/.test(file);
    const advice = isTypeScript
      ? "Node loads TypeScript from 22.18 on; use a newer Node or JSON"
      : "correct the file";
    throw unreadable(source, error, advice);
  }
  throw new ConfigError(source, [
    { path: "", problem: "has no default export; export the configuration as that" },
  ]);
}

function unreadable(source: string, error: unknown, advice: string): ConfigError {
  const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
  return new ConfigError(source, [{ path: "", problem: `cannot be read (${reason}); ${advice}` }]);
}
