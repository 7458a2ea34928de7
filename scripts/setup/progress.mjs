// @ts-check
import { spawn } from "node:child_process";

const TTY = process.stderr.isTTY === true;
const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const OUTPUT_KEPT = 20_000;

/** Colours mean something and vanish where nobody sees them. @param {string} code */
const paint = (code) => (/** @type {string} */ text) => (TTY ? `\x1b[${code}m${text}\x1b[0m` : text);
const green = paint("32");
const red = paint("31");
const dim = paint("2");

/** @param {number} since */
const elapsed = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** What went wrong, in words for the person at the terminal. */
export class SetupError extends Error {
  /** @override */
  name = "SetupError";
}

/**
 * Shows one line for a piece of work that takes a while.
 *
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  const began = Date.now();
  let frame = 0;
  const spin = () =>
    process.stderr.write(`\r${FRAMES[frame++ % FRAMES.length]} ${label} ${dim(elapsed(began))}\x1b[K`);
  const timer = TTY ? setInterval(spin, 100) : undefined;
  const end = (/** @type {string} */ mark) =>
    process.stderr.write(`${TTY ? "\r" : ""}${mark} ${label} ${dim(elapsed(began))}${TTY ? "\x1b[K" : ""}\n`);
  try {
    const result = await work();
    end(green("✔"));
    return result;
  } catch (error) {
    end(red("✘"));
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/**
 * Runs a program and keeps what it prints for the case that it fails.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal | undefined }} [options] `signal` ends it
 * @returns {Promise<string>} what it wrote to standard output
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    let all = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
      all = (all + chunk).slice(-OUTPUT_KEPT);
    });
    child.stderr.on("data", (chunk) => {
      all = (all + chunk).slice(-OUTPUT_KEPT);
    });
    child.on("error", (cause) =>
      reject(new SetupError(`${program} could not be started: ${cause.message}`, { cause })),
    );
    child.on("close", (code, signal) => {
      if (code === 0) resolve(output);
      else
        reject(
          new SetupError(`${program} ${args.join(" ")} ended with ${signal ?? code}:\n${all.trimEnd()}`),
        );
    });
  });
}

/**
 * Runs a program in the foreground, as if it had been typed.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code
 */
export function runInForeground(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: "inherit", ...options });
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    // Ctrl-C reaches the child by itself; a second copy would tell it to stop at once.
    const ignore = () => {};
    process.on("SIGTERM", forward).on("SIGINT", ignore);
    child.on("error", reject);
    child.on("close", (code) => {
      process.off("SIGTERM", forward).off("SIGINT", ignore);
      resolve(code ?? 1);
    });
  });
}

/**
 * The outermost frame of a script: an error is one clear message and a non-zero exit code.
 *
 * @param {() => Promise<number | void>} main
 */
export async function script(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const message =
      error instanceof SetupError ? error.message : (error instanceof Error && error.stack) || error;
    process.stderr.write(`${red("✘")} ${message}\n`);
    process.exitCode = 1;
  }
}
