/** The simulated users' browser did not start. */
export class BrowserNotStartedError extends Error {
  override readonly name = "BrowserNotStartedError";
  readonly code = "DEMO_ERR_BROWSER_NOT_STARTED";
  /** The path of the program. */
  readonly executable: string;

  constructor(executable: string, cause: unknown) {
    const firstLine = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    super(`${executable} did not start (${firstLine}); give the path of a Chromium that runs here`, {
      cause,
    });
    this.executable = executable;
  }
}
