/** A chat's WebSocket that comes back by itself and says what it has. Begin with {@link chatSocket}. */
export {
  type ChatSocket,
  type ChatSocketEvents,
  chatSocket,
  type Dropped,
  type SendOutcome,
} from "./chat-socket.ts";
export { MAX_SEEN } from "./seen-messages.ts";
export type { ChatSocketOptions, Heartbeat } from "./socket-options.ts";
export { InvalidSocketOptionError } from "./socket-options.ts";
export type { SocketState } from "./socket-state.ts";
export type { TokenRequest } from "./token-request.ts";
