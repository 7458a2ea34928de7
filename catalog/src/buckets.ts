import type { BucketLayout } from "./metric.ts";

/*
 * Every threshold of `targets.ts` is a boundary of the layout that its metric uses (a test holds it), so that the share
 * below the threshold is read, not interpolated.
 */

const DAY_SECONDS = 86_400;
const MIB = 1_048_576;

/** Seconds until a handshake is done: DNS, TCP, TLS and the upgrade, from a LAN to a phone in a tunnel. */
export const CONNECT_BUCKETS: BucketLayout = {
  id: "connect-1",
  bounds: [0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
  max: DAY_SECONDS,
};

/** Seconds of a message's way or a round trip. */
export const LATENCY_BUCKETS: BucketLayout = {
  id: "latency-1",
  bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10],
  max: DAY_SECONDS,
};

/** Seconds until an answer: someone or something has to think in between. */
export const REPLY_BUCKETS: BucketLayout = {
  id: "reply-1",
  bounds: [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120],
  max: DAY_SECONDS,
};

/** Seconds that a connection lives, from an accept-then-close server to a working day. */
export const CONNECTION_BUCKETS: BucketLayout = {
  id: "connection-1",
  bounds: [1, 5, 15, 30, 60, 300, 600, 1800, 3600, 7200, 14_400, 28_800, DAY_SECONDS],
  max: 30 * DAY_SECONDS,
};

/** Seconds without a connection, or of one backoff; the steps of the backoff and of its jitter are boundaries. */
export const DOWNTIME_BUCKETS: BucketLayout = {
  id: "downtime-1",
  bounds: [0.5, 1, 2, 4, 8, 12.8, 16, 19.2, 30, 60, 300, 1800],
  max: 30 * DAY_SECONDS,
};

/** Attempts of one episode; the client gives up after ten. */
export const ATTEMPT_BUCKETS: BucketLayout = {
  id: "attempts-1",
  bounds: [1, 2, 3, 4, 5, 6, 8, 10],
  max: 1000,
};

/** Bytes that a page's heap has grown since the session began; shrinking counts as zero. */
export const HEAP_GROWTH_BUCKETS: BucketLayout = {
  id: "heap-growth-1",
  bounds: [MIB, 5 * MIB, 10 * MIB, 25 * MIB, 50 * MIB, 100 * MIB, 250 * MIB],
  max: 16_384 * MIB,
};
