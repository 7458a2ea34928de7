import { type Browser, chromium } from "playwright-core";
import { BrowserNotStartedError } from "./browser-not-started-error.ts";

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

/**
 * Starts a headless Chromium with a profile of its own.
 *
 * @param executable the program's path
 * @throws BrowserNotStartedError with the system's reason
 */
export async function launchChromium(executable: string): Promise<Browser> {
  try {
    return await chromium.launch({
      executablePath: executable,
      args: [...QUIET, ...IN_CONTAINERS],
      // Users have the back/forward cache, which Playwright turns off.
      ignoreDefaultArgs: ["--disable-back-forward-cache"],
      // Whoever started it decides when it ends.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (cause) {
    throw new BrowserNotStartedError(executable, cause);
  }
}
