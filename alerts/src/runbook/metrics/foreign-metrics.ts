import type { Counter, Gauge, Metric, NoLabels } from "@sockscope/catalog";

/*
 * Metrics that are not Sockscope's: a chat server exposes them beside its own where it registers its library's default metrics.
 * Whoever does not has no series, and a question about them says so.
 */

/** When a process began, in seconds since 1970; of prom-client's default metrics as of prometheus_client's. */
export const PROCESS_START_TIME: Gauge<NoLabels, never> = {
  type: "gauge",
  name: "process_start_time_seconds",
  labels: {},
  stamped: [],
};

/** What a process used of one core; of both libraries. */
export const PROCESS_CPU: Counter<NoLabels, never> = {
  type: "counter",
  name: "process_cpu_seconds_total",
  labels: {},
  stamped: [],
};

/** What a process holds of the machine's memory; of both libraries. */
export const PROCESS_MEMORY: Gauge<NoLabels, never> = {
  type: "gauge",
  name: "process_resident_memory_bytes",
  labels: {},
  stamped: [],
};

/** All of them. */
export const FOREIGN_METRICS: readonly Metric<NoLabels, never>[] = [
  PROCESS_START_TIME,
  PROCESS_CPU,
  PROCESS_MEMORY,
];
