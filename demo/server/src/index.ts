/** The demo chat, to be started from another program. */
export { PageNotBuiltError } from "./page-not-built-error.ts";
export type { Schedule } from "./schedule.ts";
export { type Demo, type DemoOptions, startDemo } from "./start-demo.ts";
