/** What clients may take of the listener; a slow or silent one would hold its connection for as long as it likes. */
export interface IngestLimits {
  /** Until the headers have arrived. */
  readonly headersMs: number;
  /** Until the whole request has arrived. */
  readonly requestMs: number;
  /** Until a connection is cut on which nothing moves: its client does not read the answers. Longer than a request may take. */
  readonly idleMs: number;
  /** How long the rest of a refused request is read and thrown away, so that its client sees the answer. */
  readonly discardMs: number;
  /** How often connections are checked for the first two. */
  readonly checkMs: number;
  /** How many connections there may be; more are closed at once. Each takes some memory, at most its headers and a body. */
  readonly connections: number;
}

/** See {@link https://en.wikipedia.org/wiki/Slowloris_(cyber_attack) | slowloris}. */
export const INGEST_LIMITS: IngestLimits = {
  headersMs: 5000,
  requestMs: 10_000,
  idleMs: 15_000,
  discardMs: 1000,
  checkMs: 1000,
  connections: 20_000,
};
