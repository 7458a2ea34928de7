/** What was recorded and not yet taken, as a batch carries it. */
export interface Deltas {
  /** As PROTOCOL.md has them. */
  readonly lines: readonly string[];
  /** How many measurements they stand for: counted events and observed values. */
  readonly measurements: number;
  /** Whether nothing is left that did not fit. */
  readonly isAll: boolean;
  /** Takes just this out of the recorder, whatever was added meanwhile. Call it once. */
  take(): void;
}
