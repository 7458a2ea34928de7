/** Records what happens to a page's WebSockets and ships it to a Sockscope collector. Begin with {@link start}. */
export type { CloseConsequence, Counter, Histogram, NoLabels } from "@sockscope/catalog/runtime";
export {
  browserHost,
  type FetchAnswer,
  type Host,
  type LaterRequest,
  type LifecycleEvent,
} from "./host.ts";
export type { ClientNotice } from "./notices.ts";
export type { Observation, ObserveOptions } from "./observe/observe-socket.ts";
export type { Probe } from "./observe/probe.ts";
export type { SocketLike } from "./observe/shadow.ts";
export { DEFAULT_FLUSH_INTERVAL_MS, MIN_FLUSH_INTERVAL_MS, type SockscopeOptions } from "./options.ts";
export type { Problem } from "./problems.ts";
export type { Sink } from "./record/sink.ts";
export type { BatchStorage, StoredBatch } from "./ship/batch-storage.ts";
export { type Sockscope, start } from "./start.ts";
export type { OwnVocabulary } from "./vocabulary.ts";
