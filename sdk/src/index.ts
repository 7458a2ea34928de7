/** Records what happens to a page's WebSockets and ships it to a Sockscope collector. Begin with {@link start}. */
export type { CloseConsequence, Counter, Histogram, NoLabels } from "@sockscope/catalog/runtime";
export {
  browserEnvironment,
  type Environment,
  type FetchAnswer,
  type LifecycleEvent,
} from "./environment.ts";
export type { Observation, ObserveOptions } from "./observe/socket-observation.ts";
export { DEFAULT_FLUSH_INTERVAL_MS, MIN_FLUSH_INTERVAL_MS, type SockscopeOptions } from "./options.ts";
export { SockscopeOptionsError } from "./options-error.ts";
export { type Sockscope, start } from "./sockscope.ts";
export type { OwnVocabulary } from "./vocabulary.ts";
