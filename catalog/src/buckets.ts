import type { BucketLayout } from "./metric.ts";

/*
 * Every threshold of `targets.ts` is a boundary of the layout that its metric uses (a test holds it), so that the share
 * below the threshold is read, not interpolated.
 *
 * Numbers are written out: a bundler cannot drop a layout whose numbers have to be computed.
 */

/** Seconds, at most a day, until a handshake is done: DNS, TCP, TLS and the upgrade, from a LAN to a phone in a tunnel. */
export const CONNECT_BUCKETS: BucketLayout = {
  id: "connect-1",
  bounds: [0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
  max: 86_400,
};

/** Seconds of a message's way or a round trip. */
export const LATENCY_BUCKETS: BucketLayout = {
  id: "latency-1",
  bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10],
  max: 86_400,
};

/** Seconds until an answer: someone or something has to think in between. */
export const REPLY_BUCKETS: BucketLayout = {
  id: "reply-1",
  bounds: [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120],
  max: 86_400,
};

/** Seconds that a connection lives, from an accept-then-close server to a working day; at most 30 days. */
export const CONNECTION_BUCKETS: BucketLayout = {
  id: "connection-1",
  bounds: [1, 5, 15, 30, 60, 300, 600, 1800, 3600, 7200, 14_400, 28_800, 86_400],
  max: 2_592_000,
};

/** Seconds without a connection, or of one backoff; the steps of the backoff and of its jitter are boundaries. */
export const DOWNTIME_BUCKETS: BucketLayout = {
  id: "downtime-1",
  bounds: [0.5, 1, 2, 4, 8, 12.8, 16, 19.2, 30, 60, 300, 1800],
  max: 2_592_000,
};

/** Attempts of one episode; the client gives up after ten. */
export const ATTEMPT_BUCKETS: BucketLayout = {
  id: "attempts-1",
  bounds: [1, 2, 3, 4, 5, 6, 8, 10],
  max: 1000,
};

/** Bytes (1, 5, 10, 25, 50, 100 and 250 MiB) that a page's heap has grown since the session began; shrinking counts as zero. */
export const HEAP_GROWTH_BUCKETS: BucketLayout = {
  id: "heap-growth-1",
  bounds: [1_048_576, 5_242_880, 10_485_760, 26_214_400, 52_428_800, 104_857_600, 262_144_000],
  max: 16_402_653_184,
};
