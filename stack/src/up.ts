import { parseArgs } from "node:util";
import { checkStack } from "./check-stack.ts";
import { color, print, statusLine } from "./report.ts";
import { runStack } from "./run-stack.ts";
import { StackError } from "./stack-error.ts";

const USAGE = `npm run up [-- OPTIONS]   start everything on this machine; Ctrl-C stops it

  --docker     in containers, as docker-compose.yml says it. Default where a Docker engine answers
  --native     without containers. Default where none does, and with --check
  --check      start on free ports, verify every part, stop; exits 0 when all is well
  --users N    how many simulated users chat in a headless Chromium (default 4)
  --help       this text`;

/** The exit code of a program that SIGINT ended, by convention. */
const INTERRUPTED = 130;
const DEFAULT_USERS = 4;
const MOST_USERS = 50;

function usageError(message: string): number {
  process.stderr.write(`${color.bad("✘")} ${message}\n\n${USAGE}\n`);
  return 2;
}

/** One Ctrl-C may arrive twice, from the terminal and from npm. */
const SAME_KEY_PRESS_MS = 1000;

/** A signal to stop; asking again ends the process at once. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let askedAt = 0;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (!stop.signal.aborted) {
        askedAt = performance.now();
        stop.abort();
      } else if (performance.now() - askedAt > SAME_KEY_PRESS_MS) process.exit(1);
    });
  }
  return stop.signal;
}

/**
 * Starts everything on this machine and stays until it is told to stop.
 *
 * @param args the command line's
 * @returns the exit code: 0 when all went well, 1 when a part failed, 2 for options that make no sense, 130 when it was interrupted before everything ran
 */
export async function up(args: readonly string[]): Promise<number> {
  const signal = stopSignal();
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { check: { type: "boolean" }, users: { type: "string" }, help: { type: "boolean" } },
    });
    if (values.help === true) {
      print(USAGE);
      return 0;
    }
    const count = Number(values.users ?? DEFAULT_USERS);
    if (!Number.isInteger(count) || count < 0 || count > MOST_USERS) {
      return usageError(`--users ${values.users}: expected a whole number from 0 to ${MOST_USERS}.`);
    }
    const failure = await (values.check === true ? checkStack(signal) : runStack(count, signal));
    return failure === undefined || failure === 0 ? 0 : 1;
  } catch (error) {
    if (signal.aborted) return INTERRUPTED;
    if (error instanceof StackError)
      print(statusLine(false, error.part, error.message.slice(error.part.length + 2)));
    else if (error instanceof TypeError && "code" in error) return usageError(error.message);
    else throw error;
    return 1;
  }
}
