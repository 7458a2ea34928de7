import type { ClientFrame, ServerFrame } from "@sockscope/catalog/runtime";
import { useEffect, useInsertionEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { ChatSocketEvents } from "../socket/chat-socket-interface.ts";
import type { FrameData, SendOutcome } from "../socket/outbox.ts";
import { FIRST_ATTEMPT, type SocketState } from "../socket/socket-state.ts";
import { type ChatUrl, createChatHandle, type UseChatSocketOptions } from "./chat-handle.ts";

/**
 * A chat socket as a component sees it. The functions are the same at every render.
 *
 * @typeParam Received what the server sends
 * @typeParam Sent what the application sends
 */
export interface UsedChatSocket<Received = ServerFrame, Sent = ClientFrame> {
  /** What the socket has; the same object until it changes. On a server, and before the first effect, a first attempt. */
  readonly state: SocketState;
  /** As that of a chat socket. */
  readonly send: (frame: Sent | FrameData) => SendOutcome;
  /** Connects now, whatever the state: the user asked for it. */
  readonly reconnect: () => void;
  /** A message came into view, by its key; what it returns says that it is gone. */
  readonly rendered: (key: string) => () => void;
  /** Has every message told to one more listener, until the returned function is called. */
  readonly onMessage: (listener: (message: ChatSocketEvents<Received>["message"]) => void) => () => void;
}

/**
 * Connects a chat for as long as the component is mounted. A new socket is made when the URL is another text, and for no other
 * reason. A URL that is a function is asked before each attempt, and another function is no reason: a component for another
 * chat has another `key`.
 *
 * @param url or what makes it of the token
 * @throws InvalidSocketOptionError, in an effect, when an option cannot work
 */
export function useChatSocket<Received = ServerFrame, Sent = ClientFrame>(
  url: ChatUrl,
  options: UseChatSocketOptions<Received, Sent> = {},
): UsedChatSocket<Received, Sent> {
  const [handle] = useState(() => createChatHandle<Received, Sent>({ url, options }));
  // Before every other effect, those of children included.
  useInsertionEffect(() => {
    handle.given = { url, options };
  });
  useInsertionEffect(() => handle.live(), [handle]);
  const address = typeof url === "string" ? url : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another socket
  useEffect(handle.mount, [handle, address]);
  const state = useSyncExternalStore(handle.subscribe, handle.snapshot, onServer);
  const { send, reconnect, rendered, onMessage } = handle;
  return useMemo(
    () => ({ state, send, reconnect, rendered, onMessage }),
    [state, send, reconnect, rendered, onMessage],
  );
}

/** Where there is no socket, there is what the first render in the browser has. */
function onServer(): SocketState {
  return FIRST_ATTEMPT;
}
