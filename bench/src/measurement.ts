/** One figure next to that of a peer, both measured in this run. Printed as one line of JSON. */
export interface Measurement {
  readonly bench: string;
  readonly value: number;
  /** What is counted, and for what. */
  readonly unit: string;
  /** Whose figure it is compared with, with its version. */
  readonly peer: string;
  readonly peerValue: number;
  /** How many times better than the peer; null where there is no such number, because a figure is zero. */
  readonly ratio: number | null;
  /** Of what the figure is made up, in words. Default: nothing more to say. */
  readonly detail?: Readonly<Record<string, string>>;
}

/** Both figures, of which the smaller is the better one. */
export function compareCosts(figures: Omit<Measurement, "ratio">): Measurement {
  const { bench, value, unit, peer, peerValue } = figures;
  const ratio = value > 0 && peerValue > 0 ? rounded(peerValue / value) : null;
  return { bench, value: rounded(value), unit, peer, peerValue: rounded(peerValue), ratio };
}

/** Three digits say all that one run knows; whole numbers stay whole. */
function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
