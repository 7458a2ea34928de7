/** One exposition of all workers of a `node:cluster`. */
export { type ClusterMetricsOptions, clusterMetrics } from "./cluster-metrics.ts";
export { type Reporting, type ReportingOptions, reportToPrimary } from "./report-to-primary.ts";
export type { PoolWorker, WorkerPool } from "./worker-pool.ts";
