/** A value, or a gap: what is no number cannot be drawn, and one of them would blank a whole panel. */
export type Sample = number | null;

/** A sample as Prometheus writes it. NaN and infinities are gaps. */
export function sampleOf(text: string): Sample {
  const value = Number(text);
  return text !== "" && Number.isFinite(value) ? value : null;
}

/** A bucket's upper bound as its label `le` writes it. */
export function boundOf(le: string): number {
  return le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le);
}
