/**
 * A number as the exposition writes it.
 *
 * See {@link https://prometheus.io/docs/instrumenting/exposition_formats/#comments-help-text-and-type-information | the text format}.
 */
export function prometheusNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  if (value === Number.NEGATIVE_INFINITY) return "-Inf";
  return String(value);
}
