/** An option of `start` that cannot work. The only error of its own that the SDK ever throws. */
export class SockscopeOptionsError extends Error {
  override readonly name = "SockscopeOptionsError";
  /** Stable; the message is not. */
  readonly code = "SOCKSCOPE_ERR_OPTIONS";

  /**
   * @param option the option's name
   * @param received its value; shown in the message
   * @param advice what to give instead, completing "it must be ..."
   */
  constructor(option: string, received: unknown, advice: string) {
    const shown = typeof received === "string" ? JSON.stringify(received) : String(received);
    super(`Cannot start: the option ${option} is ${shown}; it must be ${advice}.`);
  }
}
