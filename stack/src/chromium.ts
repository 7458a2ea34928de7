import { type Browser, chromium } from "playwright-core";
import { type Programs, program } from "./programs.ts";
import { StackError } from "./stack-error.ts";

/*
 * Quiet on the network: this browser opens our own pages and nothing else. Playwright starts it without its sandbox, which
 * containers and root do not have.
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
  try {
    return await chromium.launch({
      executablePath: program(programs, "chromium"),
      args: [...QUIET, ...IN_CONTAINERS],
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
