/** A command was called wrongly. The message says what was received and what to do, in one line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "SOCKSCOPE_ERR_USAGE";
}
