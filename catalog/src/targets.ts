import type { Metric } from "./metric.ts";
import * as client from "./metrics/client.ts";
import * as server from "./metrics/server.ts";

/** A span of time as Prometheus writes it. */
export type Period = `${number}${"s" | "m" | "h" | "d"}`;

/** The share of observations at or below a bucket's bound, read and never interpolated. */
export interface ShareAtBound {
  readonly kind: "share at bound";
  /** A bound of the layout of the target's first metric, in its unit. */
  readonly bound: number;
  readonly comparison: "at least" | "at most";
  /** A fraction of one. */
  readonly share: number;
}

/** One count over another, or one time over another. */
export interface Share {
  readonly kind: "share";
  readonly comparison: "at least" | "at most";
  /** A fraction of one. */
  readonly share: number;
}

/** How often something happened: a whole number. */
export interface Count {
  readonly kind: "count";
  readonly comparison: "at most";
  readonly count: number;
}

/** What the service promises: the number that queries, panels, alerts and load tests hold it to. */
export interface Target<O extends ShareAtBound | Share | Count = ShareAtBound | Share | Count> {
  /** Stable; part of names and links. */
  readonly id: string;
  readonly title: string;
  /** The metrics that its SLI reads; of a share at a bound, the histogram comes first. */
  readonly metrics: readonly Metric[];
  readonly objective: O;
  /** The time over which it is kept. */
  readonly per: Period;
  /** Where the number comes from, and what it is not. */
  readonly rationale: string;
}

/** The target `connected_time`. */
export const CONNECTED_TIME_TARGET: Target<Share> = {
  id: "connected_time",
  title: "Connected time",
  metrics: [client.TIME],
  objective: { kind: "share", comparison: "at least", share: 0.999 },
  per: "1d",
  rationale:
    "Of the time in which a page wanted a connection and the user had a network. Additive: a client that flaps costs what it costs.",
};

/** The target `connection_uptime_p50`. */
export const CONNECTION_UPTIME_P50_TARGET: Target<ShareAtBound> = {
  id: "connection_uptime_p50",
  title: "Visits of 30 min and more",
  metrics: [server.SERVER_CONNECTION_DURATION],
  objective: { kind: "share at bound", bound: 1800, comparison: "at most", share: 0.5 },
  per: "1d",
  rationale:
    "p50 of connection duration is at least 30 min, literally. It measures visits: healthy visits of 6 min miss it.",
};

/** The target `connection_uptime_p95`. */
export const CONNECTION_UPTIME_P95_TARGET: Target<ShareAtBound> = {
  id: "connection_uptime_p95",
  title: "Visits of 2 h and more",
  metrics: [server.SERVER_CONNECTION_DURATION],
  objective: { kind: "share at bound", bound: 7200, comparison: "at most", share: 0.95 },
  per: "1d",
  rationale:
    "p95 of connection duration is at least 2 h, literally: at least 5 % last that long. It measures visits.",
};

/** The target `connection_survival`. */
export const CONNECTION_SURVIVAL_TARGET: Target<Share> = {
  id: "connection_survival",
  title: "Connections that nothing cuts for 2 h",
  metrics: [server.SERVER_CLOSES, server.SERVER_CONNECTIONS_ACTIVE],
  objective: { kind: "share", comparison: "at least", share: 0.9 },
  per: "6h",
  rationale:
    "The probability of no cut within 2 h at the present rate of cuts; users who leave and drains are none. 5 % cuts an hour imply 0.9.",
};

/** The target `reconnection_storms`. */
export const RECONNECTION_STORMS_TARGET: Target<Share> = {
  id: "reconnection_storms",
  title: "Cut connections per hour",
  metrics: [client.CLOSES, client.SESSIONS_ACTIVE],
  objective: { kind: "share", comparison: "at most", share: 0.05 },
  per: "1h",
  rationale: "Counted when cut, browsers over browsers; planned restarts are no storm.",
};

/** The target `forbidden`. */
export const FORBIDDEN_TARGET: Target<Count> = {
  id: "forbidden",
  title: "403 on handshake or rehydration",
  metrics: [server.SERVER_HANDSHAKES_REJECTED, server.SERVER_REHYDRATIONS],
  objective: { kind: "count", comparison: "at most", count: 1 },
  per: "1d",
  rationale: "Of requests that carried a session; scanners get 403 all night.",
};

/** The target `duplicates_shown`. */
export const DUPLICATES_SHOWN_TARGET: Target<Count> = {
  id: "duplicates_shown",
  title: "Duplicate messages shown",
  metrics: [client.DUPLICATES_RENDERED],
  objective: { kind: "count", comparison: "at most", count: 0 },
  per: "1d",
  rationale: "Told by the render layer: what drops duplicates cannot see those that it missed.",
};

/** The target `manual_refreshes`. */
export const MANUAL_REFRESHES_TARGET: Target<Count> = {
  id: "manual_refreshes",
  title: "Page reloads over an unhealthy socket",
  metrics: [client.PAGE_RELOADS],
  objective: { kind: "count", comparison: "at most", count: 5 },
  per: "1d",
  rationale: "Without those that the page asked for after a rejected connection.",
};

/** The target `message_latency`. */
export const MESSAGE_LATENCY_TARGET: Target<ShareAtBound> = {
  id: "message_latency",
  title: "Messages within 200 ms",
  metrics: [client.MESSAGE_LATENCY],
  objective: { kind: "share at bound", bound: 0.2, comparison: "at least", share: 0.95 },
  per: "1h",
  rationale: "p95 of at most 200 ms, of messages whose latency can be known to 50 ms.",
};

/** The target `automatic_recovery`. */
export const AUTOMATIC_RECOVERY_TARGET: Target<ShareAtBound> = {
  id: "automatic_recovery",
  title: "Recovery within 19.2 s of the network's return",
  metrics: [client.DOWNTIME, client.RECONNECT_EPISODES],
  objective: { kind: "share at bound", bound: 19.2, comparison: "at least", share: 0.95 },
  per: "1d",
  rationale: "The backoff's cap of 16 s and its jitter of 20 %; who gave up belongs in the denominator.",
};

/** The target `client_memory`. */
export const CLIENT_MEMORY_TARGET: Target<ShareAtBound> = {
  id: "client_memory",
  title: "Heap growth of at most 10 MiB in 8 h",
  metrics: [client.HEAP_GROWTH],
  objective: { kind: "share at bound", bound: 10_485_760, comparison: "at least", share: 0.95 },
  per: "7d",
  rationale: "No growth that a user could notice, of sessions that lasted a working day.",
};

/** The target `connect_success`. */
export const CONNECT_SUCCESS_TARGET: Target<Share> = {
  id: "connect_success",
  title: "First attempts that connect",
  metrics: [client.CONNECT_ATTEMPTS],
  objective: { kind: "share", comparison: "at least", share: 0.995 },
  per: "30d",
  rationale: "First attempts only: the retries of one user must not multiply.",
};

/** The target `message_delivery`. */
export const MESSAGE_DELIVERY_TARGET: Target<ShareAtBound> = {
  id: "message_delivery",
  title: "User messages answered within 30 s",
  metrics: [client.REPLY_LATENCY, client.FRAMES_SENT],
  objective: { kind: "share at bound", bound: 30, comparison: "at least", share: 0.995 },
  per: "30d",
  rationale: "Both sides from browsers, so that ad blockers and sampling cancel.",
};

/** Every target of the service. */
export const TARGETS: readonly Target[] = [
  CONNECTED_TIME_TARGET,
  CONNECTION_UPTIME_P50_TARGET,
  CONNECTION_UPTIME_P95_TARGET,
  CONNECTION_SURVIVAL_TARGET,
  RECONNECTION_STORMS_TARGET,
  FORBIDDEN_TARGET,
  DUPLICATES_SHOWN_TARGET,
  MANUAL_REFRESHES_TARGET,
  MESSAGE_LATENCY_TARGET,
  AUTOMATIC_RECOVERY_TARGET,
  CLIENT_MEMORY_TARGET,
  CONNECT_SUCCESS_TARGET,
  MESSAGE_DELIVERY_TARGET,
];
