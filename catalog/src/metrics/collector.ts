import {
  APP,
  BATCH_RESULT,
  type BatchResult,
  LEFT_OUT_REASON,
  type LeftOutReason,
  REFUSAL_CODE,
  REQUESTED_APP,
  SESSION_END,
  type SessionEnd,
} from "../labels/collector.ts";
import type { Counter, Gauge, NoLabels } from "../metric.ts";
import type { RefusalCode } from "../refusals.ts";

/** One per request that carried a batch, whatever became of it. */
export const COLLECTOR_BATCHES: Counter<{ app: string; result: BatchResult }, never> = {
  type: "counter",
  name: "sockscope_collector_batches_total",
  labels: { app: REQUESTED_APP, result: BATCH_RESULT },
  stamped: [],
};

/** What accepted batches carried and the collector counted, without what they said was lost. */
export const COLLECTOR_MEASUREMENTS: Counter<{ app: string }, never> = {
  type: "counter",
  name: "sockscope_collector_measurements_total",
  labels: { app: APP },
  stamped: [],
};

/** The codes are the ones in the refusal's body; see PROTOCOL.md. */
export const COLLECTOR_REFUSALS: Counter<{ app: string; code: RefusalCode }, never> = {
  type: "counter",
  name: "sockscope_collector_refusals_total",
  labels: { app: REQUESTED_APP, code: REFUSAL_CODE },
  stamped: [],
};

/** What a newer SDK sends and this collector does not know; the rest of the batch counts. */
export const COLLECTOR_LEFT_OUT: Counter<{ app: string; reason: LeftOutReason }, never> = {
  type: "counter",
  name: "sockscope_collector_left_out_total",
  labels: { app: APP, reason: LEFT_OUT_REASON },
  stamped: [],
};

/** Counted once it is certain: when the number leaves the deduplication window unseen, or its session expires. */
export const COLLECTOR_SEQUENCE_GAPS: Counter<{ app: string }, never> = {
  type: "counter",
  name: "sockscope_collector_sequence_gaps_total",
  labels: { app: APP },
  stamped: [],
};

/** Once per session: with the batch that says that its page leaves, or when nothing has come for too long. */
export const COLLECTOR_SESSIONS_ENDED: Counter<{ app: string; how: SessionEnd }, never> = {
  type: "counter",
  name: "sockscope_collector_sessions_ended_total",
  labels: { app: APP, how: SESSION_END },
  stamped: [],
};

/** Age of the oldest batch that waits for its group commit. */
export const COLLECTOR_JOURNAL_LAG: Gauge<NoLabels, never> = {
  type: "gauge",
  name: "sockscope_collector_journal_lag_seconds",
  labels: {},
  stamped: [],
};

/** Fixed at start: no input can change it. */
export const COLLECTOR_SERIES: Gauge<NoLabels, never> = {
  type: "gauge",
  name: "sockscope_collector_series",
  labels: {},
  stamped: [],
};

/** Sessions whose deduplication window is held in memory. */
export const COLLECTOR_SESSIONS: Gauge<NoLabels, never> = {
  type: "gauge",
  name: "sockscope_collector_sessions",
  labels: {},
  stamped: [],
};
