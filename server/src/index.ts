/** Metrics and a structured log for a Node WebSocket server. */
export type { Clock } from "./clock.ts";
export type { Connection } from "./connection/connection.ts";
export type { ConnectionLog, ConnectionLogLine, LeveledLog } from "./connection/connection-log.ts";
export type { CloseWithOptions, ConnectionOptions, SendOptions } from "./connection/connection-options.ts";
export type { FrameData, ServerSocket } from "./connection/server-socket.ts";
export type { DrainOptions } from "./drain.ts";
export { InvalidAppError } from "./errors/invalid-app-error.ts";
export { InvalidRoutesError } from "./errors/invalid-routes-error.ts";
export { UnknownCloseReasonError } from "./errors/unknown-close-reason-error.ts";
export { hasCredentials, type UpgradeRequest } from "./handshake/credentials.ts";
export type {
  RejectedHandshake,
  UpgradingServer,
  WatchHandshakesOptions,
} from "./handshake/watch-handshakes.ts";
export {
  type InstrumentServerOptions,
  instrumentServer,
  type ServerInstrumentation,
} from "./instrument-server.ts";
export type { MetricRegistry } from "./metrics/exposed-metric.ts";
export type { Sample } from "./metrics/samples.ts";
