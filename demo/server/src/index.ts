/** The demo chat, to be started from another program. */
export type { Demo, DemoOptions } from "./demo-options.ts";
export { PageNotBuiltError } from "./http/page-not-built-error.ts";
export { type ChatLimits, DEFAULT_LIMITS } from "./limits/chat-limits.ts";
export type { Schedule } from "./schedule.ts";
export { KeysUnreadableError } from "./session/keys-unreadable-error.ts";
export { startDemo } from "./start-demo.ts";
