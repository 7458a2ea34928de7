/** What was asked for is no PromQL, or not the PromQL that it seems to be. */
export class PromqlError extends Error {
  override readonly name = "PromqlError";
  readonly code = "SOCKSCOPE_ERR_PROMQL";
}
