/** Metrics and a structured log for a Node WebSocket server. */
export type { Clock } from "./clock.ts";
export type { Connection, ConnectionOptions } from "./connection.ts";
export type { ConnectionLog, ConnectionLogLine } from "./connection-log.ts";
export {
  type InstrumentServerOptions,
  instrumentServer,
  type ServerInstrumentation,
} from "./instrument-server.ts";
export { InvalidAppError } from "./invalid-app-error.ts";
export { InvalidRoutesError } from "./invalid-routes-error.ts";
export type { MessageData, ServerSocket, ServerSocketEvents } from "./server-socket.ts";
export { UnknownCloseReasonError } from "./unknown-close-reason-error.ts";
