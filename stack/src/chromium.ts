import { type Browser, chromium } from "playwright-core";
import { type Programs, program } from "./programs.ts";
import { StackError } from "./stack-error.ts";

/*
 * Quiet on the network: this browser opens our own pages and nothing else. As root, which is what containers and CI are,
 * Chromium refuses to start with its sandbox.
 */
const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];
const IN_CONTAINERS = ["--disable-dev-shm-usage", "--disable-gpu"];

/** Starts a headless Chromium with a profile of its own. */
export async function launchChromium(programs: Programs): Promise<Browser> {
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  try {
    return await chromium.launch({
      executablePath: program(programs, "chromium"),
      args: [...QUIET, ...IN_CONTAINERS, ...asRoot],
      // The stack decides when its parts end.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (cause) {
    if (cause instanceof StackError) throw cause;
    const firstLine = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new StackError("browser client", `Chromium did not start (${firstLine}).`, { cause });
  }
}
