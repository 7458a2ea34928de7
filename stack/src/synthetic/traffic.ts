import { crc32 } from "node:zlib";
import {
  AFFECTED_SESSIONS,
  CLOSES,
  COLLECTOR_BATCHES,
  COLLECTOR_LEFT_OUT,
  COLLECTOR_MEASUREMENTS,
  COLLECTOR_REFUSALS,
  COLLECTOR_SEQUENCE_GAPS,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  DUPLICATES_DROPPED,
  DUPLICATES_RENDERED,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  type LabelSet,
  type Metric,
  PAGE_RELOADS,
  REPLY_LATENCY,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
  SERVER_MESSAGE_DELIVERY,
  STALE_FRAMES_DROPPED,
  TELEMETRY_LOST,
  TIME,
} from "@sockscope/catalog";

/** Connections, and pages, of an app at any time. */
const ACTIVE = 1_000;

/**
 * Events a second of an app, of all label combinations together, where one metric bounds another: what is received was sent, what
 * was answered was asked.
 */
const EVENTS_PER_SECOND: Readonly<Record<string, number>> = {
  [SERVER_CONNECTIONS_OPENED.name]: 20,
  [CONNECT_ATTEMPTS.name]: 12,
  [CONNECT_DURATION.name]: 2,
  [CLOSES.name]: 5,
  [AFFECTED_SESSIONS.name]: 0.6,
  [SERVER_FRAMES_SENT.name]: 200,
  [SERVER_MESSAGE_DELIVERY.name]: 100,
  [FRAMES_RECEIVED.name]: 150,
  [FRAMES_SENT.name]: 100,
  [SERVER_FRAMES_RECEIVED.name]: 90,
  [REPLY_LATENCY.name]: 5,
  [DUPLICATES_DROPPED.name]: 0.2,
  [STALE_FRAMES_DROPPED.name]: 0.1,
  [DUPLICATES_RENDERED.name]: 0.05,
  [PAGE_RELOADS.name]: 0.2,
  [TELEMETRY_LOST.name]: 0.5,
  [COLLECTOR_BATCHES.name]: 60,
  [COLLECTOR_MEASUREMENTS.name]: 600,
  [COLLECTOR_LEFT_OUT.name]: 0.5,
  [COLLECTOR_REFUSALS.name]: 20,
  [COLLECTOR_SEQUENCE_GAPS.name]: 0.2,
  // Every page adds a second each second.
  [TIME.name]: ACTIVE,
};

/** How much happens: of a counter a second, of a gauge at any time; of all combinations of an app together. */
export function amountOf({ name, type }: Metric): number {
  return type === "gauge" || type === "gauge_histogram" ? ACTIVE : (EVENTS_PER_SECOND[name] ?? 1);
}

/** How often a combination of labels occurs beside the others. By the labels alone: what is rare in one metric is in all. */
export function weightOf(labels: LabelSet): number {
  const text = Object.entries(labels)
    .filter(([name]) => name !== "app")
    .map(([, value]) => value)
    .sort()
    .join();
  return 0.5 + (crc32(text) % 1_000) / 1_000;
}
