import type { Metric } from "./metric.ts";
import * as client from "./metrics/client.ts";
import * as server from "./metrics/server.ts";

/** What the service promises: the numbers that queries, panels, alerts and load tests hold it to. */
export interface Target {
  readonly title: string;
  /** The metrics that its SLI reads. */
  readonly metrics: readonly Metric[];
  /** The quantile of a distribution, the share or the count that is held against the threshold. */
  readonly measure:
    | { readonly kind: "quantile"; readonly quantile: number }
    | { readonly kind: "share"; readonly per: "hour" }
    | { readonly kind: "count"; readonly per: "day" };
  readonly comparison: "at least" | "at most";
  /** In the unit of the first metric; a share is a fraction of one. */
  readonly threshold: number;
}

const TWO_HOURS_SECONDS = 7200;
const HALF_AN_HOUR_SECONDS = 1800;
/** The cap of the backoff, 16 s, and its jitter of 20 %. */
const LONGEST_BACKOFF_SECONDS = 19.2;
const TEN_MIB = 10_485_760;

/** The id of a target. */
export type TargetId =
  | "connection_uptime_p95"
  | "connection_uptime_p50"
  | "reconnection_storms"
  | "forbidden"
  | "duplicates_shown"
  | "manual_refreshes"
  | "message_latency"
  | "automatic_recovery"
  | "client_memory";

/** Every target of the service. */
export const TARGETS: Readonly<Record<TargetId, Target>> = {
  connection_uptime_p95: {
    title: "Connection uptime, p95",
    metrics: [server.SERVER_CONNECTION_DURATION, server.SERVER_CONNECTION_AGE],
    measure: { kind: "quantile", quantile: 0.95 },
    comparison: "at least",
    threshold: TWO_HOURS_SECONDS,
  },
  connection_uptime_p50: {
    title: "Connection uptime, p50",
    metrics: [server.SERVER_CONNECTION_DURATION, server.SERVER_CONNECTION_AGE],
    measure: { kind: "quantile", quantile: 0.5 },
    comparison: "at least",
    threshold: HALF_AN_HOUR_SECONDS,
  },
  reconnection_storms: {
    title: "Reconnecting connections per hour",
    metrics: [client.RECONNECT_EPISODES, server.SERVER_CONNECTIONS_ACTIVE],
    measure: { kind: "share", per: "hour" },
    comparison: "at most",
    threshold: 0.05,
  },
  forbidden: {
    title: "403 on handshake or rehydration",
    metrics: [server.SERVER_HANDSHAKES_REJECTED, server.SERVER_REHYDRATIONS],
    measure: { kind: "count", per: "day" },
    comparison: "at most",
    threshold: 1,
  },
  duplicates_shown: {
    title: "Duplicate messages shown",
    metrics: [client.DUPLICATES_RENDERED],
    measure: { kind: "count", per: "day" },
    comparison: "at most",
    threshold: 0,
  },
  manual_refreshes: {
    title: "Manual page refreshes with an unhealthy socket",
    metrics: [client.PAGE_RELOADS],
    measure: { kind: "count", per: "day" },
    comparison: "at most",
    threshold: 5,
  },
  message_latency: {
    title: "Message latency, p95",
    metrics: [client.MESSAGE_LATENCY],
    measure: { kind: "quantile", quantile: 0.95 },
    comparison: "at most",
    threshold: 0.2,
  },
  automatic_recovery: {
    title: "Recovery after the network's return, p95",
    metrics: [client.DOWNTIME],
    measure: { kind: "quantile", quantile: 0.95 },
    comparison: "at most",
    threshold: LONGEST_BACKOFF_SECONDS,
  },
  client_memory: {
    title: "Heap growth of a session, p95",
    metrics: [client.HEAP_GROWTH],
    measure: { kind: "quantile", quantile: 0.95 },
    comparison: "at most",
    threshold: TEN_MIB,
  },
};
