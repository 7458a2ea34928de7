/** Prometheus cannot be asked, or does not answer. The message says what happened and what to do, in one line. */
export class PrometheusError extends Error {
  override readonly name = "PrometheusError";
  readonly code = "SOCKSCOPE_ERR_PROMETHEUS";
}
