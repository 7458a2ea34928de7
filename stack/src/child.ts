import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, existsSync, type WriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { StackError } from "./stack-error.ts";
import { until } from "./until.ts";

/** Longer than a collector drains. */
const STOP_GRACE_MS = 15_000;
const LINES_KEPT = 20;

/** Part of util-linux, which most Linux systems have; elsewhere there is none. */
const SETPRIV = "/usr/bin/setpriv";

/** How to start a process. */
export interface ChildCommand {
  /** The part's name, for errors. */
  readonly part: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the stack's own. */
  readonly cwd?: string;
  /** Everything that the process prints is written there. */
  readonly logFile: string;
}

/** Where there is `setpriv`, has the system end the process when ours is gone, even if nobody could stop it any more. */
function leashed(program: string, args: readonly string[]): [program: string, args: readonly string[]] {
  if (!existsSync(SETPRIV) || !existsSync(program)) return [program, args];
  return [SETPRIV, ["--pdeathsig", "TERM", program, ...args]];
}

/** The entry, if a line is one of this event; other lines may be anything. */
function entryOf<T>(line: string, event: string): T | undefined {
  try {
    const entry = JSON.parse(line) as T & { event?: string };
    return entry.event === event ? entry : undefined;
  } catch {
    return undefined;
  }
}

const running = new Set<ChildProcess>();

// The last resort for an end that no code saw coming; every orderly way out stops its children itself.
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A process that belongs to the stack and ends with it. */
export class Child {
  readonly part: string;
  /** Resolves when the process has ended, with how. */
  readonly ended: Promise<string>;
  #process: ChildProcess;
  readonly #log: WriteStream;
  #lines: string[] = [];
  #listeners = new Set<(line: string) => void>();

  /** Starts the process, in a process group of its own: Ctrl-C reaches the stack, which then stops its parts in order. */
  constructor({ part, program, args, env, cwd, logFile }: ChildCommand) {
    this.part = part;
    this.#log = createWriteStream(logFile).on("error", () => {});
    this.#process = spawn(...leashed(program, args), {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      env: { ...process.env, ...env },
      ...(cwd === undefined ? {} : { cwd }),
    });
    running.add(this.#process);
    this.ended = new Promise((resolve) => {
      const end = (how: string): void => {
        running.delete(this.#process);
        this.#log.end();
        resolve(how);
      };
      this.#process.once("error", (error) => end(`could not be started (${error.message})`));
      this.#process.once("close", (code, signal) => end(`ended with ${signal ?? `exit code ${code}`}`));
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on("line", (line) => this.#keep(line));
    }
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  #keep(line: string): void {
    this.#log.write(`${line}\n`);
    this.#lines.push(line);
    if (this.#lines.length > LINES_KEPT) this.#lines.shift();
    for (const listener of this.#listeners) listener(line);
  }

  /** The first line for which `find` returns something. */
  #line<T>(find: (line: string) => T | undefined, signal: AbortSignal): Promise<T> {
    return new Promise((resolve) => {
      const listener = (line: string): void => {
        const found = find(line);
        if (found !== undefined) resolve(found);
      };
      this.#listeners.add(listener);
      signal.addEventListener("abort", () => this.#listeners.delete(listener));
      this.#lines.forEach(listener);
    });
  }

  /**
   * Waits for the line of JSON with which our own programs say where they listen.
   *
   * @throws StackError when the process ends first or says nothing in time
   */
  listening<T>(timeoutMs: number): Promise<T> {
    return this.announcing("listening", timeoutMs);
  }

  /**
   * Waits for the line of JSON with which one of our own programs says that something is so.
   *
   * @param event the line's `event`
   * @throws StackError when the process ends first or says nothing in time
   */
  announcing<T>(event: string, timeoutMs: number): Promise<T> {
    return this.#whenReady((signal) => this.#line((line) => entryOf<T>(line, event), signal), timeoutMs);
  }

  /**
   * Waits until the process answers a request.
   *
   * @param endpoint a URL that answers with 2xx once the process is ready
   * @throws StackError when the process ends first or does not answer in time
   */
  async answering(endpoint: string, timeoutMs: number): Promise<void> {
    const ask = async (signal: AbortSignal): Promise<true | undefined> =>
      (await fetch(endpoint, { signal })).ok ? true : undefined;
    await this.#whenReady(
      (signal) => until(() => ask(signal), { timeoutMs: Number.POSITIVE_INFINITY, signal }),
      timeoutMs,
    );
  }

  /** Waits until `ready` resolves; a process that is not ready in time, or at all, is stopped. */
  async #whenReady<T>(ready: (signal: AbortSignal) => Promise<T>, timeoutMs: number): Promise<T> {
    const over = new AbortController();
    const failed = this.ended.then((how) =>
      Promise.reject(new StackError(this.part, `${how}${this.#lastWords()}`)),
    );
    const timer = new Promise<never>((_, reject) => {
      const timeout = setTimeout(
        () => reject(new StackError(this.part, `not ready after ${timeoutMs / 1000} s${this.#lastWords()}`)),
        timeoutMs,
      );
      over.signal.addEventListener("abort", () => clearTimeout(timeout));
    });
    try {
      return await Promise.race([ready(over.signal), failed, timer]);
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      over.abort();
      failed.catch(() => {});
    }
  }

  #lastWords(): string {
    return this.#lines.length === 0
      ? "."
      : `. Its last words:\n${this.#lines.map((line) => `    ${line}`).join("\n")}`;
  }

  /** Why a process that should be running is not, in words. */
  get obituary(): Promise<string> {
    return this.ended.then((how) => `${how}${this.#lastWords()}`);
  }

  /** Ends the process: politely, and after a grace period for certain. */
  async stop(): Promise<void> {
    this.#process.kill("SIGTERM");
    const timeout = setTimeout(() => this.#process.kill("SIGKILL"), STOP_GRACE_MS);
    await this.ended;
    clearTimeout(timeout);
  }
}
