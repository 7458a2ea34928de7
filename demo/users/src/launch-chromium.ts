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
 * @param hostRules where addresses lead instead, as in `MAP 127.0.0.1:8000 chat:8000`: a page keeps its origin, which in a container
 *   leads to another one. Default: nowhere else. See {@link https://www.chromium.org/developers/design-documents/network-stack/socks-proxy/ | --host-resolver-rules}
 * @throws BrowserNotStartedError with the system's reason
 */
export async function launchChromium(executable: string, hostRules?: string): Promise<Browser> {
  try {
    return await chromium.launch({
      executablePath: executable,
      args: [
        ...QUIET,
        ...IN_CONTAINERS,
        ...(hostRules === undefined ? [] : [`--host-resolver-rules=${hostRules}`]),
      ],
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
