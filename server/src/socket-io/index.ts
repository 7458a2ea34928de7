/** Measures sockets of socket.io. */
export { socketIoConnection } from "./socket-io-connection.ts";
export type { EngineConnection, EngineWebSocket, SocketIoSocket } from "./socket-io-socket.ts";
export { type EngineServer, watchSocketIo } from "./watch-socket-io.ts";
