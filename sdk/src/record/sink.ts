/**
 * Gets everything that is recorded, at once: for a local view, or another product. A series is written as the protocol writes
 * it: the metric's name, then `/` and a percent-encoded value for each label in the order in which the catalog declares them.
 */
export interface Sink {
  /** @param by how much it was added to */
  counted?(series: string, by: number): void;
  /** @param value in the metric's unit */
  observed?(series: string, value: number): void;
}
