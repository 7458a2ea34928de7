/** A connection was to be closed for a reason that has no close code. The message names it and the reasons that have one. */
export class UnknownCloseReasonError extends Error {
  override readonly name = "UnknownCloseReasonError";
  readonly code = "SOCKSCOPE_ERR_CLOSE_REASON";

  constructor(reason: string, known: readonly string[]) {
    super(
      `${JSON.stringify(reason)} is no close reason; use one of ${known.join(", ")}, or configure it under closeReasons`,
    );
  }
}
