/** Measures sockets of the package `ws`. */
export { wsConnection } from "./ws-connection.ts";
export type { WsSocket } from "./ws-socket.ts";
