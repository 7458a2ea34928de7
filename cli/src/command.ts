import type { ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** One `sockscope <name>`. */
export interface Command {
  readonly name: string;
  /** A line of `sockscope --help`. */
  readonly summary: string;
  /** What `sockscope <name> --help` prints. */
  readonly usage: string;
  /**
   * Runs the command until it is done.
   *
   * @param args what follows the command's name
   * @returns what the process ends with
   * @throws UsageError when it was called wrongly; any other error is a failure
   */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;
}
