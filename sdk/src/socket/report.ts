/** Shows what a callback of the page threw, as the browser does with a listener's error. */
export function report(error: unknown): void {
  if (typeof globalThis.reportError === "function") globalThis.reportError(error);
  else console.error(error);
}
