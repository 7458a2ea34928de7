import { readFile } from "node:fs/promises";
import { basename, extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { checkConfig } from "./check-config.ts";
import { ConfigError } from "./config-error.ts";
import type { Config, ConfigInput } from "./declaration.ts";
import { jsonFault } from "./json-fault.ts";

/** A module is run to be read, so nothing else is taken for one. */
const KINDS: readonly string[] = [".json", ".js", ".mjs", ".ts", ".mts"];

/** As long as a module may take that asks another machine for something. */
const MODULE_PATIENCE_MS = 30_000;

/** Types a configuration in a TypeScript or JavaScript file: `export default defineConfig({ ... })`. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}

/**
 * Reads and checks a configuration.
 *
 * @param file a `.json` file, or a `.js`, `.mjs`, `.ts` or `.mts` file whose default export is the configuration
 * @param modulePatienceMs how long a module may take until it has its default export
 * @throws ConfigError when it cannot be read or cannot work
 */
export async function readConfig(
  file: string,
  modulePatienceMs: number = MODULE_PATIENCE_MS,
): Promise<Config> {
  const source = basename(file);
  if (!KINDS.includes(extname(file))) {
    const problem = `is of no kind that is read; use one of ${KINDS.join(", ")}`;
    throw new ConfigError(source, [{ path: "", problem }]);
  }
  const received =
    extname(file) === ".json"
      ? await readJson(file, source)
      : await importDefault(file, source, modulePatienceMs);
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

async function importDefault(file: string, source: string, patienceMs: number): Promise<unknown> {
  try {
    const { default: config } = await within(patienceMs, importModule(file));
    if (config !== undefined) return config;
  } catch (error) {
    throw unreadable(source, error, moduleAdvice(file, error));
  }
  throw new ConfigError(source, [
    { path: "", problem: "has no default export; export the configuration as that" },
  ]);
}

function moduleAdvice(file: string, error: unknown): string {
  if (error instanceof NeverThereError) return "let it wait for nothing that may not come";
  return /\.m?ts$/.test(file)
    ? "Node loads TypeScript from 22.18 on; use a newer Node or JSON"
    : "correct the file";
}

/** A module takes too long. */
class NeverThereError extends Error {
  override readonly name = "NeverThereError";

  constructor(patienceMs: number) {
    super(`its default export is not there after ${patienceMs / 1000} s`);
  }
}

async function importModule(file: string): Promise<{ readonly default?: unknown }> {
  return (await import(pathToFileURL(resolve(file)).href)) as { readonly default?: unknown };
}

/** Without a timer that is waited for, Node ends without a word when a module waits for what never comes. */
async function within<Value>(patienceMs: number, promise: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NeverThereError(patienceMs)), patienceMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function unreadable(source: string, error: unknown, advice: string): ConfigError {
  const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
  return new ConfigError(source, [{ path: "", problem: `cannot be read (${reason}); ${advice}` }]);
}
