import type { BucketLayout } from "./metric.ts";

/*
 * Every bound that a target of `targets.ts` names is a bound of the layout that its metric has (a test holds it), so that
 * the share below it is read, not interpolated.
 *
 * A released layout never changes: a metric gets other buckets by getting a layout with a new id, and the old one moves to
 * its `olderLayouts` in `about/`.
 *
 * Numbers are written out: a bundler cannot drop a layout whose numbers have to be computed.
 */

/** Seconds, at most a day, until a handshake is done: DNS, TCP, TLS and the upgrade, from a LAN to a phone in a tunnel. */
export const CONNECT_LAYOUT: BucketLayout = {
  id: "connect-1",
  bounds: [0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
  max: 86_400,
};

/** Seconds of a message's way or a round trip. */
export const LATENCY_LAYOUT: BucketLayout = {
  id: "latency-1",
  bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10],
  max: 86_400,
};

/** Seconds until an answer: someone or something has to think in between. */
export const REPLY_LAYOUT: BucketLayout = {
  id: "reply-1",
  bounds: [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120],
  max: 86_400,
};

/**
 * Seconds that a connection lives, from an accept-then-close server to a working day; at most 30 days. Around each usual
 * idle timeout of a proxy (60 s, 300 s, 600 s, an hour) lies a pair of bounds: the share that dies inside one pair is the
 * fingerprint of that timeout.
 *
 * See {@link https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout | nginx: 60 s} and
 * {@link https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html | ALB: 60 s}.
 */
export const CONNECTION_LAYOUT: BucketLayout = {
  id: "connection-2",
  bounds: [
    1, 5, 15, 30, 55, 65, 120, 295, 305, 595, 605, 900, 1800, 3595, 3605, 7200, 14_400, 28_800, 86_400,
  ],
  max: 2_592_000,
};

/** A proxy's idle timeout, and the bounds of {@link CONNECTION_LAYOUT} between which the connections end that it cuts. */
export interface IdleTimeout {
  readonly seconds: number;
  readonly between: readonly [below: number, above: number];
}

/** The usual idle timeouts. */
export const IDLE_TIMEOUTS: readonly IdleTimeout[] = [
  { seconds: 60, between: [55, 65] },
  { seconds: 300, between: [295, 305] },
  { seconds: 600, between: [595, 605] },
  { seconds: 3600, between: [3595, 3605] },
];

/** {@link CONNECTION_LAYOUT} before it had pairs: a cut at 300.8 s read as p50 = 450 s. */
export const CONNECTION_LAYOUT_1: BucketLayout = {
  id: "connection-1",
  bounds: [1, 5, 15, 30, 60, 300, 600, 1800, 3600, 7200, 14_400, 28_800, 86_400],
  max: 2_592_000,
};

/** Seconds without a frame from the server, from one missed ping to a socket that has been dead all night. */
export const SILENCE_LAYOUT: BucketLayout = {
  id: "silence-1",
  bounds: [1, 5, 10, 20, 30, 45, 60, 90, 120, 300, 600, 1800, 3600, 14_400],
  max: 2_592_000,
};

/** Seconds without a connection, or of one backoff; the steps of the backoff and of its jitter are boundaries. */
export const DOWNTIME_LAYOUT: BucketLayout = {
  id: "downtime-1",
  bounds: [0.5, 1, 2, 4, 8, 12.8, 16, 19.2, 30, 60, 300, 1800],
  max: 2_592_000,
};

/** Attempts of one episode; the client gives up after ten. */
export const ATTEMPT_LAYOUT: BucketLayout = {
  id: "attempts-1",
  bounds: [1, 2, 3, 4, 5, 6, 8, 10],
  max: 1000,
};

/** Bytes (1, 5, 10, 25, 50, 100 and 250 MiB) that a page's heap has grown since the session began; shrinking counts as zero. */
export const HEAP_GROWTH_LAYOUT: BucketLayout = {
  id: "heap-growth-1",
  bounds: [1_048_576, 5_242_880, 10_485_760, 26_214_400, 52_428_800, 104_857_600, 262_144_000],
  max: 16_402_653_184,
};
