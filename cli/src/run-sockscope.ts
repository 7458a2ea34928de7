import { ConfigError } from "@sockscope/config";
import type { Command } from "./command.ts";
import { collectorCommand } from "./commands/collector.ts";
import { explainCommand } from "./commands/explain.ts";
import { generateCommand } from "./commands/generate.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";
import { packageVersion } from "./version.ts";

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  [collectorCommand, explainCommand, generateCommand].map((command) => [command.name, command]),
);

const EXIT_DONE = 0;
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/**
 * Runs one `sockscope` command. Never rejects: an error becomes one line on stderr, and one a mistake in a configuration.
 *
 * @param args what follows `sockscope` on the command line
 * @returns the exit code: 0 done, 1 failed, 2 called wrongly
 */
export async function runSockscope(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await dispatch(args, terminal);
    return EXIT_DONE;
  } catch (error) {
    terminal.complain(`sockscope: ${error instanceof ConfigError ? error.message : oneLine(error)}`);
    return error instanceof UsageError || error instanceof ConfigError ? EXIT_USAGE : EXIT_FAILED;
  }
}

async function dispatch([name, ...args]: readonly string[], terminal: Terminal): Promise<void> {
  if (name === "--version") return terminal.print(packageVersion());
  if (name === "--help") return terminal.print(usage());
  const command = findCommand(name);
  if (args.includes("--help")) return terminal.print(command.usage);
  await command.run(args, terminal);
}

function findCommand(name: string | undefined): Command {
  const command = COMMANDS.get(name ?? "");
  if (command !== undefined) return command;
  const problem = name === undefined ? "no command was given" : `there is no command "${name}"`;
  throw new UsageError(`${problem}; use one of ${[...COMMANDS.keys()].join(", ")}, or --help`);
}

function usage(): string {
  const summaries = [...COMMANDS.values()].map(({ name, summary }) => `  ${name.padEnd(12)}${summary}`);
  return [
    "usage: sockscope <command> [options]",
    "",
    ...summaries,
    "",
    "sockscope <command> --help says more; sockscope --version prints the version.",
  ].join("\n");
}

function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(/\s*\n\s*/g, " ");
}
