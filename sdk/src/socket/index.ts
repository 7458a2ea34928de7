/** A chat's WebSocket that comes back by itself and says what it has. Begin with {@link chatSocket}. */

export { MAX_SEEN } from "../seen.ts";
export { JITTER, MAX_ADVICE_MS } from "./backoff.ts";
export { chatSocket } from "./chat-socket.ts";
export type { ChatSocket, ChatSocketEvents, Dropped } from "./chat-socket-interface.ts";
export { OVERLOAD_DELAY_MS, REFRESH_AGAIN_MS } from "./ends.ts";
export type { ChatWebSocket } from "./link.ts";
export { ADVICE_HOLDS_MS } from "./open-connection.ts";
export { DOUBTFUL_MS, type FrameData, type SendOutcome } from "./outbox.ts";
export {
  type ChatSocketOptions,
  HEARTBEAT_DEFAULTS,
  type Heartbeat,
  InvalidSocketOptionError,
  SOCKET_DEFAULTS,
  type SocketHost,
  type SocketNumbers,
} from "./socket-options.ts";
export type { SocketObserver } from "./socket-record.ts";
export { AUTHENTICATION_FAILED, type SocketState } from "./socket-state.ts";
export type { TokenRequest } from "./token-request.ts";
export { NEVER_OPENED_LIMIT, PROBE_INTERVAL_MS } from "./turns.ts";
