import { parseArgs } from "node:util";
import { pageModule, readConfig } from "@sockscope/config";
import { strictly } from "../args/strictly.ts";
import type { Command } from "../command.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { type FileChange, writeGenerated } from "../write-generated.ts";

const USAGE = `usage: sockscope generate --config FILE --out DIR [--check]

Writes what a deployment's configuration makes, each file only where it differs:

  vocabulary.ts        what a page passes to start, with literal types, and its own metrics

  --config FILE        sockscope.config.json (SOCKSCOPE_CONFIG)
  --out DIR            where the files go; other files there stay as they are
  --check              writes nothing; ends with 1 where a file differs

Prints a line a file that changed.`;

/** `sockscope generate`: writes what a configuration makes. */
export const generateCommand: Command = {
  name: "generate",
  summary: "writes what a deployment's configuration makes",
  usage: USAGE,
  run: generate,
};

async function generate(args: readonly string[], terminal: Terminal): Promise<void> {
  const { config: file, out, check } = parse(args, terminal.environment);
  const config = await readConfig(file);
  const files = new Map([["vocabulary.ts", pageModule(config)]]);
  const changes = await writeGenerated(out, files, check);
  for (const { path, change } of changes) terminal.print(`${change} ${path}`);
  if (changes.length === 0) terminal.print("Every generated file is up to date.");
  else if (check) throw new OutdatedError(changes);
}

/** Generated files are not what the configuration makes. */
class OutdatedError extends Error {
  override readonly name = "OutdatedError";
  readonly code = "SOCKSCOPE_ERR_OUTDATED";

  constructor(changes: readonly FileChange[]) {
    super(
      `${changes.length} generated ${changes.length === 1 ? "file differs" : "files differ"}; generate without --check`,
    );
  }
}

interface GenerateFlags {
  readonly config: string;
  readonly out: string;
  readonly check: boolean;
}

function parse(args: readonly string[], environment: Terminal["environment"]): GenerateFlags {
  const { values } = strictly("generate", () =>
    parseArgs({
      args: [...args],
      strict: true,
      options: { config: { type: "string" }, out: { type: "string" }, check: { type: "boolean" } },
    }),
  );
  const config = values.config ?? environment["SOCKSCOPE_CONFIG"];
  if (!config) throw new UsageError("no configuration is named; use --config FILE, or set SOCKSCOPE_CONFIG");
  if (!values.out) throw new UsageError("no folder is named; use --out DIR");
  return { config, out: values.out, check: values.check ?? false };
}
