/** The chat socket in React 18 and 19. Begin with {@link useChatSocket}. */
export type { ChatUrl, UseChatSocketOptions } from "./chat-handle.ts";
export {
  ChatSocketProvider,
  type ChatSocketProviderProps,
  useChatMessages,
  useSharedChatSocket,
} from "./chat-socket-provider.ts";
export { type UsedChatSocket, useChatSocket } from "./use-chat-socket.ts";
