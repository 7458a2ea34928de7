import type { ServerFrame } from "@sockscope/catalog/runtime";
import { useChatSocket } from "@sockscope/sdk/react";
import {
  SOCKET_DEFAULTS,
  type SocketObserver,
  type SocketState,
  type TokenRequest,
} from "@sockscope/sdk/socket";
import { useState } from "react";
import { VOCABULARY } from "../generated/vocabulary.ts";
import {
  clientHello,
  feedback,
  messageIdIn,
  type PageFrame,
  userMessage,
  type Verdict,
} from "./chat-frames.ts";
import {
  type ChatState,
  INITIAL_STATE,
  whenJudged,
  whenLost,
  whenReceived,
  whenSent,
  whenSocketChanged,
} from "./chat-state.ts";

/** What the chat needs from outside. */
export interface ChatEnvironment {
  readonly url: string;
  readonly threadId: string;
  readonly sockscope: SocketObserver;
  /** Is told what a user thinks of an answer. */
  judged(verdict: Verdict): void;
  /** Renews the session where that is needed; rejects when it is impossible. */
  refreshAccessToken(request: TokenRequest): Promise<unknown>;
  /** A random id for a message. */
  createMessageId(): string;
}

/** The chat as the page shows it. */
export interface Chat {
  readonly socket: SocketState;
  /** After how many attempts the socket gives up. */
  readonly maxAttempts: number;
  readonly state: ChatState;
  /** Sends a message, or keeps it for the next connection; false when it does neither. */
  send(text: string): boolean;
  /** Sends a message that came to nothing once more, under its id: a server that has it all the same takes no second copy. */
  sendAgain(messageId: string): boolean;
  /** Sends what the user thinks of an answer. */
  judge(messageId: string, verdict: Verdict): void;
  reconnect(): void;
  /** A message came into view; what it returns says that it is gone. */
  rendered(key: string): () => void;
}

/** The chat; connected for as long as the component is mounted. */
export function useChat({ url, threadId, sockscope, ...page }: ChatEnvironment): Chat {
  const [state, setState] = useState(INITIAL_STATE);
  const { maxAttempts } = SOCKET_DEFAULTS;
  const chat = useChatSocket<ServerFrame, PageFrame>(url, {
    sockscope,
    maxAttempts,
    closeCodes: VOCABULARY.closeCodes,
    hello: () => clientHello(threadId),
    refreshAccessToken: page.refreshAccessToken,
    onMessage: ({ frame }) => frame && setState((before) => whenReceived(before, frame)),
    onState: (socket) => setState((before) => whenSocketChanged(before, socket)),
    onDropped: ({ why, data }) => {
      const messageId = messageIdIn(data);
      if (why !== "duplicate" && messageId !== undefined) setState((before) => whenLost(before, messageId));
    },
  });

  function sendAs(message_id: string, text: string): boolean {
    const outcome = chat.send(userMessage(threadId, message_id, text));
    if (outcome === "dropped") return false;
    setState((before) => whenSent(before, { role: "user", text, message_id }, outcome));
    return true;
  }

  return {
    socket: chat.state,
    maxAttempts,
    state,
    reconnect: chat.reconnect,
    rendered: chat.rendered,
    send: (text) => sendAs(page.createMessageId(), text),
    sendAgain: (messageId) => {
      const turn = state.turns.find(({ message_id }) => message_id === messageId);
      return turn !== undefined && sendAs(messageId, turn.text);
    },
    judge: (message_id, verdict) => {
      if (state.judged.includes(message_id)) return;
      if (chat.send(feedback(threadId, message_id, verdict)) === "dropped") return;
      page.judged(verdict);
      setState((before) => whenJudged(before, message_id));
    },
  };
}
