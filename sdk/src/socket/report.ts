/** Shows what a callback of the page threw, as the browser does with a listener's error. */
export function report(error: unknown): void {
  try {
    if (typeof globalThis.reportError === "function") globalThis.reportError(error);
    else console.error(error);
  } catch {
    // A test's console may throw; nothing of the socket's depends on it.
  }
}

/** What a callback of the page returns; undefined where it throws, which is shown. */
export function tried<Result>(callback: () => Result): Result | undefined {
  try {
    return callback();
  } catch (error) {
    report(error);
    return undefined;
  }
}
