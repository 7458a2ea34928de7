/** A batch that waits for an answer, in a form that can be kept: plain data. */
export interface StoredBatch {
  /** Where it goes; its session is in it. */
  readonly url: string;
  readonly seq: number;
  readonly leaving: boolean;
  /** As PROTOCOL.md has them. */
  readonly lines: readonly string[];
  readonly measurements: number;
  /** When it was closed, in ms since the epoch. */
  readonly closedAt: number;
}

/** Keeps batches that have no answer yet, so that they survive the page. May throw. */
export interface BatchStorage {
  /** What was kept by the page before this one. */
  load(): readonly StoredBatch[];
  /** Keeps just these. */
  save(batches: readonly StoredBatch[]): void;
}
