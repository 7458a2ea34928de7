import type { ClientFrame, ServerFrame } from "@sockscope/catalog/runtime";
import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useInsertionEffect,
  useRef,
} from "react";
import type { ChatSocketEvents } from "../socket/chat-socket-interface.ts";
import type { ChatUrl, UseChatSocketOptions } from "./chat-handle.ts";
import { type UsedChatSocket, useChatSocket } from "./use-chat-socket.ts";

const Chat = createContext<UsedChatSocket<unknown, unknown> | undefined>(undefined);

/** What a provider is given. */
export interface ChatSocketProviderProps<Received, Sent> {
  readonly url: ChatUrl;
  /** Default: none. */
  readonly options?: UseChatSocketOptions<Received, Sent>;
  readonly children?: ReactNode;
}

/** One chat socket for all components below. */
export function ChatSocketProvider<Received = ServerFrame, Sent = ClientFrame>({
  url,
  options,
  children,
}: ChatSocketProviderProps<Received, Sent>): ReactElement {
  const value = useChatSocket<Received, Sent>(url, options) as UsedChatSocket<unknown, unknown>;
  return createElement(Chat.Provider, { value }, children);
}

/**
 * The chat socket of the provider above.
 *
 * @throws Error where there is no provider above
 */
export function useSharedChatSocket<Received = ServerFrame, Sent = ClientFrame>(): UsedChatSocket<
  Received,
  Sent
> {
  const chat = useContext(Chat);
  if (!chat)
    throw new Error("useSharedChatSocket has no <ChatSocketProvider> above it; put one around the chat.");
  return chat as UsedChatSocket<Received, Sent>;
}

/**
 * Has the messages of the provider's chat told to a component.
 *
 * @param listener may be another at every render
 */
export function useChatMessages<Received = ServerFrame>(
  listener: (message: ChatSocketEvents<Received>["message"]) => void,
): void {
  const { onMessage } = useSharedChatSocket<Received>();
  const latest = useRef(listener);
  useInsertionEffect(() => {
    latest.current = listener;
  });
  useEffect(() => onMessage((message) => latest.current(message)), [onMessage]);
}
