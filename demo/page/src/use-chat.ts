import { useEffect, useSyncExternalStore } from "react";
import type { ChatClient } from "./chat-client.ts";
import type { ChatState } from "./chat-state.ts";

/** The chat's state; connected for as long as the component is mounted. */
export function useChat(client: ChatClient): ChatState {
  useEffect(() => {
    client.start();
    return () => client.stop();
  }, [client]);
  return useSyncExternalStore(client.state.subscribe, client.state.snapshot);
}
