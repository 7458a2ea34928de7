/** The whole contract: what to record, what to accept, and what to tell a reader. */
export * from "./buckets.ts";
export * from "./cardinality.ts";
export * from "./close-code-label.ts";
export * from "./close-code-meanings.ts";
export * from "./close-codes.ts";
export * from "./frames.ts";
export * from "./labels/client.ts";
export * from "./labels/collector.ts";
export * from "./labels/server.ts";
export * from "./labels/shared.ts";
export * from "./metric.ts";
export * from "./metric-sets.ts";
export * from "./metrics/client.ts";
export * from "./metrics/collector.ts";
export * from "./metrics/server.ts";
export * from "./targets.ts";
