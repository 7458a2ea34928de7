export { runSockscope } from "./run-sockscope.ts";
export type { Terminal } from "./terminal.ts";
