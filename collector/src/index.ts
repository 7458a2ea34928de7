export { type Collector, startCollector } from "./collector.ts";
export { CollectorListenError } from "./collector-listen-error.ts";
export type { CollectorApp, CollectorOptions, ListenAddress, RefusedSample } from "./collector-options.ts";
export { CollectorOptionsError } from "./collector-options-error.ts";
