import { ConfigError } from "@sockscope/config";
import type { Command } from "./command.ts";
import { collectorCommand } from "./commands/collector.ts";
import { diagnoseCommand } from "./commands/diagnose.ts";
import { explainCommand } from "./commands/explain.ts";
import { generateCommand } from "./commands/generate.ts";
import { PrometheusError } from "./diagnose/prometheus-error.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";
import { packageVersion } from "./version.ts";

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  [collectorCommand, diagnoseCommand, explainCommand, generateCommand].map((command) => [
    command.name,
    command,
  ]),
);

/**
 * Runs one `sockscope` command. Never rejects: an error becomes one line on stderr, and one a mistake in a configuration.
 *
 * @param args what follows `sockscope` on the command line
 * @returns the exit code, as {@link EXIT} has them
 */
export async function runSockscope(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    terminal.complain(`sockscope: ${error instanceof ConfigError ? error.message : oneLine(error)}`);
    return exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError || error instanceof ConfigError) return EXIT.usage;
  return error instanceof PrometheusError ? EXIT.unknown : EXIT.failed;
}

async function dispatch([name, ...args]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const say = (text: string): ExitCode => {
    terminal.print(text);
    return EXIT.done;
  };
  if (name === "--version") return say(packageVersion());
  if (name === "--help") return say(usage());
  const command = findCommand(name);
  return args.includes("--help") ? say(command.usage) : command.run(args, terminal);
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
